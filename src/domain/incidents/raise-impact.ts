import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/store.ts';
import type { Impact } from '../../../db/words.ts';
import { appendAudit } from '../core/audit/append.ts';
import type { Context } from '../core/context.ts';
import { worseImpact } from './impact.ts';
import { touchIncident } from './touch-incident.ts';

interface Stated {
  id: string;
  categoryId: string;
  isRestricted: boolean;
  releasedAt: Date | null;
  publishedAt: Date | null;
  impact: Impact;
}

/** States in public that the impact was a worse one; never a lighter one. The page of the incident and the days follow. */
export async function raiseImpact(
  tx: Transaction,
  context: Context,
  incident: Stated,
  to: Impact,
): Promise<void> {
  const impact = worseImpact(incident.impact, to);
  if (impact === incident.impact) return;
  const { incidents } = tx.tables;
  await tx.db
    .update(incidents)
    .set({ impact, updatedAt: context.now, version: sql`${incidents.version} + 1` })
    .where(eq(incidents.id, incident.id));
  await appendAudit(tx, context, {
    action: 'incident.impact-raised',
    subjectType: 'incident',
    subjectId: incident.id,
    before: { impact: incident.impact },
    after: { impact },
    restrictedTo: incident.isRestricted ? incident.id : null,
  });
  touchIncident(tx, incident, { now: context.now }, 'history');
}
