import { eq } from 'drizzle-orm';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { DomainError } from '../../core/errors.ts';
import { isUnreleased, type Lane } from '../../core/visibility.ts';
import { byName } from '../../people/users/list-people.ts';
import { readEntries, type WrittenEntry } from '../log/read-log.ts';
import { readIncident } from '../read-incident.ts';

export interface Restriction {
  id: string;
  releasedAt: Date | null;
  /** Nothing of it is public. */
  isHidden: boolean;
  /** The procedure of its category, also for people named for this incident alone; null without one. */
  procedureUrl: string | null;
  /** Named people beside the security role, by name. */
  readers: { id: string; name: string }[];
  /** To whom it was referred, newest first. */
  referrals: { id: string; toWhom: string; text: string; at: Date; by: string | null }[];
}

/** Who may see a restricted incident, to whom it was referred and whether it is released; for who may see it. Seven queries. */
export async function readRestriction(context: Context, id: string): Promise<Restriction> {
  authorize(context, 'incidents.read');
  const incident = await readIncident(context, id);
  if (!incident.isRestricted) throw new DomainError('conflict', 'not_restricted');
  const { tables, read } = context.store;
  const { users, incidentReaders, categories } = tables;
  const readers = await read
    .select({ id: users.id, name: users.name })
    .from(incidentReaders)
    .innerJoin(users, eq(incidentReaders.userId, users.id))
    .where(eq(incidentReaders.incidentId, id));
  const entries = await readEntries(context, id);
  const [category] = await read
    .select({ runbookUrl: categories.runbookUrl })
    .from(categories)
    .where(eq(categories.id, incident.category.id));
  const procedureUrl = category?.runbookUrl ?? null;
  return restrictionOf(incident, { readers, entries, procedureUrl }, context.now);
}

/** The same of what was read already: the people named for it, its log from the oldest entry on, its category's procedure. Pure. */
export function restrictionOf(
  incident: Lane & { id: string },
  known: {
    readers: readonly { id: string; name: string }[];
    entries: readonly WrittenEntry[];
    procedureUrl: string | null;
  },
  now: Date,
): Restriction {
  const referrals = known.entries
    .filter(({ entry }) => entry.kind === 'hand_over')
    .map(({ entry: { id, toWhom, text, at }, by }) => ({ id, toWhom, text, at, by }))
    .sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
  return {
    id: incident.id,
    releasedAt: incident.releasedAt,
    isHidden: isUnreleased(incident, now),
    procedureUrl: known.procedureUrl,
    readers: known.readers.map(({ id, name }) => ({ id, name })).sort(byName),
    referrals,
  };
}
