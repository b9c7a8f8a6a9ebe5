import { and, eq, isNull } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import type { Transaction } from '../../../../db/store.ts';
import type { Context } from '../../core/context.ts';
import { DomainError, type FieldRefusal, invalid } from '../../core/errors.ts';
import { seesRestricted } from '../../core/visibility.ts';

/**
 * Names the first readers of a restricted incident: those given and the person who opens it, unless role or category
 * let him see it. Undefined for an open one, which has no readers.
 */
export async function writeFirstReaders(
  tx: Transaction,
  context: Context,
  incident: { id: string; isRestricted: boolean; category: { isRestricted: boolean } },
  wanted: readonly string[] = [],
): Promise<string[] | undefined> {
  if (!incident.isRestricted) {
    if (wanted.length > 0) throw invalid('readers', 'not_restricted');
    return undefined;
  }
  const { userId } = context.actor;
  const seesAnyway = seesRestricted(context.actor) || incident.category.isRestricted;
  const opener = userId === null || seesAnyway ? [] : [userId];
  return writeReaders(tx, incident.id, [...wanted, ...opener]);
}

/** Replaces the people who may see a restricted incident. Refuses who does not exist or is disabled; returns the ids as stored, each once, sorted. */
export async function writeReaders(
  tx: Transaction,
  incidentId: string,
  wanted: readonly string[],
): Promise<string[]> {
  const { users, incidentReaders } = tx.tables;
  const enabled = await tx.db
    .select({ id: users.id })
    .from(users)
    .where(and(oneOf(users.id, [...wanted]), isNull(users.disabledAt)));
  const known = new Set(enabled.map(({ id }) => id));
  const fields = wanted.flatMap((id, at): FieldRefusal[] =>
    known.has(id) ? [] : [{ path: `readers.${at}`, key: 'unknown_user' }],
  );
  if (fields.length > 0) throw new DomainError('invalid', 'input', { fields });
  await tx.db.delete(incidentReaders).where(eq(incidentReaders.incidentId, incidentId));
  const ids = [...known].sort();
  if (ids.length > 0)
    await tx.db.insert(incidentReaders).values(ids.map((userId) => ({ incidentId, userId })));
  return ids;
}

/** Who may see a restricted incident by name, sorted. */
export async function readersOf(tx: Transaction, incidentId: string): Promise<string[]> {
  const { incidentReaders } = tx.tables;
  const rows = await tx.db
    .select({ userId: incidentReaders.userId })
    .from(incidentReaders)
    .where(eq(incidentReaders.incidentId, incidentId));
  return rows.map(({ userId }) => userId).sort();
}
