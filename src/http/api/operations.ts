import { auditOperations } from './audit.ts';
import { categoryOperations } from './categories.ts';
import { closingOperations } from './closing.ts';
import { componentOperations } from './components.ts';
import { digestOperations } from './digest.ts';
import { draftOperations } from './drafts.ts';
import { dueOperations } from './due.ts';
import { groupOperations } from './groups.ts';
import { incidentOperations } from './incidents.ts';
import { logOperations } from './log.ts';
import { maintenanceOperations } from './maintenance.ts';
import { meetingOperations } from './meetings.ts';
import { notPublicOperations } from './not-public.ts';
import { noticeOperations } from './notices.ts';
import { describingOperation } from './openapi.ts';
import type { Operation } from './operation.ts';
import { policyOperations } from './policy.ts';
import { problemOperations } from './problems.ts';
import { promiseOperations } from './promises.ts';
import { reportOperations } from './reports.ts';
import { restrictedOperations } from './restricted.ts';
import { rosterOperations } from './roster.ts';
import { settingOperations } from './settings.ts';
import { standInOperations } from './stand-ins.ts';
import { statusOperations } from './status.ts';
import { templateOperations } from './templates.ts';
import { tokenOperations } from './tokens.ts';
import { userOperations } from './users.ts';

/** Everything that /api/v1 answers: the one table behind routing and OpenAPI. */
export const operations: readonly Operation[] = [
  ...statusOperations,
  ...incidentOperations,
  ...closingOperations,
  ...digestOperations,
  ...dueOperations,
  ...reportOperations,
  ...problemOperations,
  ...meetingOperations,
  ...logOperations,
  ...promiseOperations,
  ...noticeOperations,
  ...policyOperations,
  ...maintenanceOperations,
  ...draftOperations,
  ...notPublicOperations,
  ...restrictedOperations,
  ...rosterOperations,
  ...categoryOperations,
  ...componentOperations,
  ...groupOperations,
  ...templateOperations,
  ...userOperations,
  ...tokenOperations,
  ...settingOperations,
  ...standInOperations,
  ...auditOperations,
  describingOperation(() => operations),
];
