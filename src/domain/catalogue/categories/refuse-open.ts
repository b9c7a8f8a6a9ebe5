import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import { DomainError } from '../../core/errors.ts';
import { publicIncidents } from '../../core/visibility.ts';
import { everAfter } from './is-seen-by-the-world.ts';

/**
 * Refuses to archive what a public incident or maintenance that is not over names, with a way to it: off the page, the
 * headline would say that all works while it does not. Held ones count. What is hidden says nothing in
 * public, so it refuses nothing, and is not given away.
 */
export async function refuseOpen(
  tx: Transaction,
  now: Date,
  part: { categoryId: string } | { componentId: string },
): Promise<void> {
  const { incidents, incidentUpdates, incidentUpdateComponents } = tx.tables;
  const isAbout =
    'categoryId' in part
      ? eq(incidents.categoryId, part.categoryId)
      : inArray(
          incidents.id,
          tx.db
            .select({ id: incidentUpdates.incidentId })
            .from(incidentUpdates)
            .innerJoin(incidentUpdateComponents, eq(incidentUpdateComponents.updateId, incidentUpdates.id))
            .where(eq(incidentUpdateComponents.componentId, part.componentId)),
        );
  const [open] = await tx.db
    .select({ id: incidents.id })
    .from(incidents)
    .where(
      and(
        or(isNull(incidents.openUntil), gt(incidents.openUntil, now)),
        publicIncidents(tx.tables, everAfter),
        isAbout,
      ),
    )
    .orderBy(incidents.startedAt, incidents.id)
    .limit(1);
  if (open) throw new DomainError('conflict', 'open_incident', { details: { incident: open.id } });
}
