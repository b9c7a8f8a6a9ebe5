import { and, eq, or, sql } from 'drizzle-orm';
import type { Tables } from '../../../db/schema.ts';
import type { Transaction } from '../../../db/store.ts';
import type { Phase } from '../../../db/words.ts';
import { isPublicIncident, publicUpdates } from '../core/visibility.ts';
import { isFinal, newestFirst } from './phase.ts';

/**
 * Recomputes what an incident derives from its updates: phase, end, first publication. Called after each change to
 * the set of updates. Held updates count here already; the read gate decides when the world sees them. Those that a
 * maintenance has planned ahead count from their instant on.
 */
export async function deriveIncident(tx: Transaction, incidentId: string, now: Date): Promise<void> {
  const { incidentUpdates } = tx.tables;
  const updates = await tx.db
    .select({
      id: incidentUpdates.id,
      phase: incidentUpdates.phase,
      displayAt: incidentUpdates.displayAt,
      publishedAt: incidentUpdates.publishedAt,
    })
    .from(incidentUpdates)
    .where(
      and(
        eq(incidentUpdates.incidentId, incidentId),
        or(eq(incidentUpdates.isPlanned, false), publicUpdates(tx.tables, now)),
      ),
    );
  await storeDerived(tx, incidentId, now, derivedFrom(updates));
}

/** Writes what was derived, with whatever else changes of the incident at the same time, as its next version. */
export async function storeDerived<C extends Partial<Tables['incidents']['$inferInsert']>>(
  tx: Transaction,
  incidentId: string,
  now: Date,
  change: C,
): Promise<void> {
  const { incidents } = tx.tables;
  const version = sql`${incidents.version} + 1`;
  await tx.db
    .update(incidents)
    .set({ ...change, updatedAt: now, version })
    .where(eq(incidents.id, incidentId));
}

interface Told {
  id: string;
  phase: Phase;
  displayAt: Date;
  publishedAt: Date;
}

/** What an incident derives from its updates; pure, so that an import can derive thousands without a query each. */
export function derivedFrom(updates: readonly Told[]) {
  const ordered = [...updates].sort(newestFirst);
  const [newest] = ordered;
  const published = updates.map((update) => update.publishedAt.getTime());
  return {
    phase: newest?.phase ?? null,
    resolvedAt: endOfTrouble(ordered),
    openUntil:
      newest && isFinal(newest.phase)
        ? new Date(Math.max(newest.displayAt.getTime(), newest.publishedAt.getTime()))
        : null,
    publishedAt: published.length > 0 ? new Date(Math.min(...published)) : null,
  };
}

/** When it ended: the oldest update of the final run, so that a note after the end does not prolong the outage. `updates` newest first. */
export function endOfTrouble(updates: readonly { phase: Phase; displayAt: Date }[]): Date | null {
  let end: Date | null = null;
  for (const update of updates) {
    if (!isFinal(update.phase)) break;
    end = update.displayAt;
  }
  return end;
}

interface Numbered {
  id: string;
  number: number | null;
  isRestricted: boolean;
  releasedAt: Date | null;
  publishedAt: Date | null;
}

/** Gives a public incident its running number, once, at its first publication. */
export async function numberIncident(tx: Transaction, incident: Numbered, now: Date): Promise<void> {
  if (incident.number !== null || !isPublicIncident(incident, now)) return;
  const { incidents, counters } = tx.tables;
  const [counter] = await tx.db
    .insert(counters)
    .values({ name: 'incident', value: 1 })
    .onConflictDoUpdate({ target: counters.name, set: { value: sql`${counters.value} + 1` } })
    .returning({ value: counters.value });
  await tx.db
    .update(incidents)
    .set({ number: counter?.value ?? null })
    .where(eq(incidents.id, incident.id));
}
