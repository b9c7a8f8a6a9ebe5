import { z } from 'zod';
import { auditActorKinds } from '../../../db/words.ts';
import { type AuditEntry, listAudit, listAuditInput } from '../../domain/audit/list-audit.ts';
import { type Operation, operation } from './operation.ts';
import { id, iso, moment } from './values.ts';

const auditEntry = z
  .strictObject({
    sequence: z.int(),
    at: moment,
    actor: z.strictObject({
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

const showEntry = (entry: AuditEntry): z.infer<typeof auditEntry> => ({
  sequence: entry.sequence,
  at: iso(entry.at),
  actor: { kind: entry.actor.kind, id: entry.actor.id, name: entry.actor.name, tokenId: entry.actor.tokenId },
  action: entry.action,
  subjectType: entry.subjectType,
  subjectId: entry.subjectId,
  isRestricted: entry.isRestricted,
  before: entry.before,
  after: entry.after,
  reason: entry.reason,
  hash: entry.hash,
});

export const auditOperations: Operation[] = [
  operation('GET', '/audit', {
    id: 'listAudit',
    summary: 'Who did what, before and after, newest first.',
    input: listAuditInput,
    answer: z.strictObject({
      entries: z.array(auditEntry),
      next: z.int().nullable().describe('`before` of the next page.'),
    }),
    run: async (context, _params, input) => {
      const { entries, next } = await listAudit(context, input);
      return { body: { entries: entries.map(showEntry), next } };
    },
  }),
];
