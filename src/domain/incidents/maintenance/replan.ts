import { and, asc, eq, gt, isNull, or } from 'drizzle-orm';
import type { Consequence } from '../../core/consequences.ts';
import { occasionTable } from '../../wording/templates/occasions.ts';
import { touchIncident } from '../touch-incident.ts';
import { planEdges } from './plan-edges.ts';

/**
 * Plans every open automatic maintenance anew after templates of these occasions were approved or have ended: what
 * nobody approves any more is not said by itself, and what was approved is. Nothing for other occasions. A few
 * queries for each open automatic maintenance, of which there are few.
 */
export const planAnew: Consequence<'wordingChanged'> = async (tx, context, { occasions }) => {
  if (!occasions.some((occasion) => occasionTable[occasion].isWrittenAhead)) return;
  const { incidents } = tx.tables;
  const open = await tx.db
    .select()
    .from(incidents)
    .where(
      and(
        eq(incidents.kind, 'maintenance'),
        eq(incidents.isAutomatic, true),
        or(isNull(incidents.openUntil), gt(incidents.openUntil, context.now)),
      ),
    )
    .orderBy(asc(incidents.id));
  for (const incident of open) {
    await planEdges(tx, context, incident.id);
    touchIncident(tx, incident, { now: context.now });
  }
};
