/**
 * Where an update comes from: an import keeps what its source said of it, what is written here has no source. The origin
 * belongs to the update, not to its incident: a page may move while an incident is open. What came with an import makes no feed
 * entry, no promise and no notice; what is written here does, whatever began it.
 */
import { and, eq, exists, gt, isNull, or, type SQL } from 'drizzle-orm';
import type { Tables } from '../../../../db/schema.ts';
import type { Phase } from '../../../../db/words.ts';
import type { Context } from '../../core/context.ts';
import { isFinal } from '../phase.ts';

/** Updates that were written here. */
export const isWrittenHere = ({ incidentUpdates }: Tables): SQL => isNull(incidentUpdates.source);

/** Our own incidents, and those taken over that are open or about which something was written here. */
export function areOfThisDesk({ store: { tables, read }, now }: Context): SQL | undefined {
  const { incidents, incidentUpdates } = tables;
  const writtenHere = read
    .select({ id: incidentUpdates.id })
    .from(incidentUpdates)
    .where(and(eq(incidentUpdates.incidentId, incidents.id), isWrittenHere(tables)));
  return or(
    isNull(incidents.importedFrom),
    isNull(incidents.openUntil),
    gt(incidents.openUntil, now),
    exists(writtenHere),
  );
}

/** The same of one incident: false for what was over when it was taken over, and about which nobody here said anything. */
export const isOfThisDesk = (incident: {
  importedFrom: string | null;
  phase: Phase | null;
  updates: readonly { isImported: boolean }[];
}): boolean =>
  incident.importedFrom === null ||
  !isFinal(incident.phase) ||
  incident.updates.some(({ isImported }) => !isImported);
