import { and, eq, isNotNull } from 'drizzle-orm';
import { appendAudit } from '../../core/audit/append.ts';
import type { Consequence } from '../../core/consequences.ts';
import { takeClosingBack } from '../../incidents/take-closing-back.ts';
import { areEnded } from './obligation.ts';

/** "Not released" holds while the incident is not released: once it is, its report is owed in public again. */
export const oweReleasedReport: Consequence<'released'> = async (tx, context, { incident }) => {
  const { reports, jointDecisions } = tx.tables;
  const [agreed] = await tx.db
    .select({ id: jointDecisions.id })
    .from(jointDecisions)
    .where(
      and(
        eq(jointDecisions.incidentId, incident.id),
        eq(jointDecisions.kind, 'not_release'),
        isNotNull(jointDecisions.agreedAt),
      ),
    );
  if (!agreed) return;
  const [again] = await tx.db
    .update(reports)
    .set({ closedAt: null, updatedAt: context.now })
    .where(and(eq(reports.incidentId, incident.id), areEnded(tx.tables)))
    .returning({ id: reports.id });
  if (!again) return;
  await appendAudit(tx, context, {
    action: 'report.owed',
    subjectType: 'incident',
    subjectId: incident.id,
    after: { priority: incident.priority },
    restrictedTo: incident.id,
  });
  await takeClosingBack(tx, context, incident);
};
