import { and, eq, inArray, or } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import { publicIncidents } from '../../core/visibility.ts';

/** Later than every held publication, so that what will be public in a few seconds counts as public. */
export const everAfter = new Date('9999-01-01T00:00:00.000Z');

/** Whether a public incident belongs to the category or names one of its components. */
export async function isSeenByTheWorld(tx: Transaction, categoryId: string): Promise<boolean> {
  const { incidents, incidentUpdates, incidentUpdateComponents, components } = tx.tables;
  const named = tx.db
    .select({ id: incidentUpdates.incidentId })
    .from(incidentUpdates)
    .innerJoin(incidentUpdateComponents, eq(incidentUpdateComponents.updateId, incidentUpdates.id))
    .innerJoin(components, eq(components.id, incidentUpdateComponents.componentId))
    .where(eq(components.categoryId, categoryId));
  const [seen] = await tx.db
    .select({ id: incidents.id })
    .from(incidents)
    .where(
      and(
        publicIncidents(tx.tables, everAfter),
        or(eq(incidents.categoryId, categoryId), inArray(incidents.id, named)),
      ),
    )
    .limit(1);
  return seen !== undefined;
}
