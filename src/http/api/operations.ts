import { auditOperations } from './audit.ts';
import { categoryOperations } from './categories.ts';
import { componentOperations } from './components.ts';
import { groupOperations } from './groups.ts';
import { incidentOperations } from './incidents.ts';
import { describingOperation } from './openapi.ts';
import type { Operation } from './operation.ts';
import { problemOperations } from './problems.ts';
import { reportOperations } from './reports.ts';
import { settingOperations } from './settings.ts';
import { statusOperations } from './status.ts';
import { templateOperations } from './templates.ts';
import { tokenOperations } from './tokens.ts';
import { userOperations } from './users.ts';

/** Everything that /api/v1 answers: the one table behind routing and OpenAPI. */
export const operations: readonly Operation[] = [
  ...statusOperations,
  ...incidentOperations,
  ...reportOperations,
  ...problemOperations,
  ...categoryOperations,
  ...componentOperations,
  ...groupOperations,
  ...templateOperations,
  ...userOperations,
  ...tokenOperations,
  ...settingOperations,
  ...auditOperations,
  describingOperation(() => operations),
];
