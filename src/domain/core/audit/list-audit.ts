import { and, desc, eq, lt } from 'drizzle-orm';
import { z } from 'zod';
import { authorize } from '../authorize.ts';
import type { Context } from '../context.ts';
import { parse } from '../parse.ts';
import { visibleAuditEntries } from '../visibility.ts';

export const listAuditInput = z.strictObject({
  limit: z.number().int().min(1).max(100).optional(),
  /** The sequence of an entry; older ones follow. */
  before: z.number().int().min(1).max(2_147_483_647).optional(),
});

/**
 * A page of the audit, newest first, without what belongs to restricted incidents and categories that the actor may not see.
 * What an incident said before it became restricted is hidden by what the entry is about, because entries are never changed.
 */
export async function listAudit(context: Context, input: unknown = {}) {
  authorize(context, 'audit.read');
  const { limit = 50, before } = parse(listAuditInput, input);
  const { auditEntries, users } = context.store.tables;
  const rows = await context.store.read
    .select({ entry: auditEntries, actorName: users.name })
    .from(auditEntries)
    .leftJoin(users, eq(auditEntries.actorId, users.id))
    .where(and(visibleAuditEntries(context), before ? lt(auditEntries.sequence, before) : undefined))
    .orderBy(desc(auditEntries.sequence))
    .limit(limit + 1);
  const entries = rows.slice(0, limit).map(({ entry, actorName }) => {
    const change: Change = JSON.parse(entry.change);
    const { sequence, at, action, subjectType, subjectId, hash } = entry;
    return {
      sequence,
      at,
      actor: {
        kind: entry.actorKind,
        id: entry.actorId,
        name: actorName,
        tokenId: change.credential ?? null,
      },
      action,
      subjectType,
      subjectId,
      isRestricted: entry.restrictedTo !== null,
      before: change.before ?? null,
      after: change.after ?? null,
      reason: change.reason ?? null,
      hash,
    };
  });
  return { entries, next: rows.length > limit ? (entries.at(-1)?.sequence ?? null) : null };
}

export type AuditEntry = Awaited<ReturnType<typeof listAudit>>['entries'][number];

interface Change {
  before?: unknown;
  after?: unknown;
  reason?: string;
  credential?: string;
}
