import { z } from 'zod';
import { auditActorKinds } from '../../../db/words.ts';
import { listAudit, listAuditInput } from '../../domain/core/audit/list-audit.ts';
import { type Operation, operation } from './operation.ts';
import { id, moment } from './values.ts';

const auditEntry = z
  .object({
    sequence: z.int(),
    at: moment,
    actor: z.object({
      kind: z.enum(auditActorKinds),
      id: id.nullable(),
      name: z.string().nullable(),
      tokenId: id.nullable(),
    }),
    action: z.string().describe('`noun.verb`, such as `incident.opened`.'),
    subjectType: z.string(),
    subjectId: z.string(),
    isRestricted: z.boolean(),
    before: z.unknown(),
    after: z.unknown(),
    reason: z.string().nullable(),
    hash: z.string().describe('Seals the entry and all before it.'),
  })
  .meta({ id: 'AuditEntry' });

export const auditOperations: Operation[] = [
  operation('GET', '/audit', {
    id: 'listAudit',
    summary: 'Who did what, before and after, newest first.',
    input: listAuditInput,
    answer: z.object({
      entries: z.array(auditEntry),
      next: z.int().nullable().describe('`before` of the next page.'),
    }),
    run: async (context, _params, input) => ({ body: await listAudit(context, input) }),
  }),
];
