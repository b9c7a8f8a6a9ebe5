import { and, desc, eq } from 'drizzle-orm';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { DomainError } from '../../core/errors.ts';
import { isUnreleased } from '../../core/visibility.ts';
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

// Sorted here, because the engines' collations differ.
const names = new Intl.Collator('en');
const byName = (a: { id: string; name: string }, b: { id: string; name: string }): number =>
  names.compare(a.name, b.name) || (a.id < b.id ? -1 : 1);

/** Who may see a restricted incident, to whom it was referred and whether it is released; for who may see it. */
export async function readRestriction(context: Context, id: string): Promise<Restriction> {
  authorize(context, 'incidents.read');
  const incident = await readIncident(context, id);
  if (!incident.isRestricted) throw new DomainError('conflict', 'not_restricted');
  const { tables, read } = context.store;
  const { users, incidentReaders, logEntries, categories } = tables;
  const readers = await read
    .select({ id: users.id, name: users.name })
    .from(incidentReaders)
    .innerJoin(users, eq(incidentReaders.userId, users.id))
    .where(eq(incidentReaders.incidentId, id));
  const referrals = await read
    .select({
      id: logEntries.id,
      toWhom: logEntries.toWhom,
      text: logEntries.text,
      at: logEntries.at,
      by: users.name,
    })
    .from(logEntries)
    .leftJoin(users, eq(logEntries.createdBy, users.id))
    .where(and(eq(logEntries.incidentId, id), eq(logEntries.kind, 'hand_over')))
    .orderBy(desc(logEntries.at), desc(logEntries.id));
  const [category] = await read
    .select({ procedureUrl: categories.runbookUrl })
    .from(categories)
    .where(eq(categories.id, incident.category.id));
  const { releasedAt } = incident;
  const procedureUrl = category?.procedureUrl ?? null;
  const isHidden = isUnreleased(incident, context.now);
  return { id, releasedAt, isHidden, procedureUrl, readers: readers.sort(byName), referrals };
}
