import { eq, sql } from 'drizzle-orm';
import { actOn } from '../../core/act.ts';
import { DomainError, notFound } from '../../core/errors.ts';
import { isPublished, isUnreleased } from '../../core/visibility.ts';
import { findIncident } from '../../incidents/find-incident.ts';
import { takeClosingBack } from '../../incidents/take-closing-back.ts';
import { tellOfPriority } from '../../incidents/tell-of-priority.ts';
import { touchIncident } from '../../incidents/touch-incident.ts';
import { remindOfNotReleased } from '../due/tell-of-decision.ts';
import { findReport, restrictedTo } from '../find-report.ts';
import { settleDecisionInput } from '../report-input.ts';
import { voidReview } from '../reviews/void-review.ts';
import { isPromised } from './obligation.ts';
import { oweReport } from './owe-report.ts';

/**
 * A manager as second person agrees to a proposal or refuses it. Agreed, the obligation to report closes with that
 * record, and an incident that was no P0 or P1 gets the proposed priority.
 */
export const settleDecision = actOn({
  permission: 'reports.decide',
  input: settleDecisionInput,
  audits: ['report.obligation-closed', 'report.proposal-refused'],
  async work({ tx, context, audit }, id, { isAgreed }): Promise<{ id: string }> {
    const { jointDecisions, incidents, reports } = tx.tables;
    const [decision] = await tx.db.select().from(jointDecisions).where(eq(jointDecisions.id, id));
    if (!decision) throw notFound();
    const found = await findReport(tx, context, decision.incidentId);
    if (decision.agreedAt || decision.refusedAt) throw new DomainError('conflict', 'decision_settled');
    if (isAgreed && decision.proposedBy === context.actor.userId)
      throw new DomainError('forbidden', 'own_proposal');
    // Released since it was proposed, its report is owed in public, and waived by nobody.
    if (isAgreed && decision.kind === 'not_release' && !isUnreleased(found.incident, context.now))
      throw new DomainError('conflict', 'report_public_incident');
    if (isAgreed && isPublished(found.report)) throw new DomainError('conflict', 'report_published');
    await tx.db
      .update(jointDecisions)
      .set(isAgreed ? { agreedBy: context.actor.userId, agreedAt: context.now } : { refusedAt: context.now })
      .where(eq(jointDecisions.id, id));
    if (isAgreed) {
      await tx.db
        .update(reports)
        .set({ closedAt: context.now, updatedAt: context.now, version: sql`${reports.version} + 1` })
        .where(eq(reports.id, found.report.id));
      if (decision.priority) {
        const incident = await findIncident(tx, context, decision.incidentId);
        await tellOfPriority(tx, context, incident, decision.priority);
        await tx.db
          .update(incidents)
          .set({
            priority: decision.priority,
            priorityBy: decision.proposedBy,
            priorityAt: context.now,
            // Who agrees has looked at it.
            validatedBy: context.actor.userId,
            validatedAt: context.now,
            version: sql`${incidents.version} + 1`,
          })
          .where(eq(incidents.id, decision.incidentId));
        await takeClosingBack(tx, context, incident);
        // A P0 that was a P1 asks whether it gets a report: nobody has decided on that.
        await oweReport(tx, context, incident, decision.priority);
        // The priority is part of what is approved, should a report be asked for after all.
        await voidReview(tx, context, [found.incident]);
      }
    }
    await audit({
      action: isAgreed ? 'report.obligation-closed' : 'report.proposal-refused',
      subjectType: 'incident',
      subjectId: decision.incidentId,
      before: { priority: found.incident.priority },
      after: { decision: id, kind: decision.kind, priority: decision.priority ?? undefined },
      reason: decision.reason,
      restrictedTo: restrictedTo(found),
    });
    if (isAgreed) await remindOfNotReleased(tx, context, decision);
    if (isAgreed && isPromised(found.incident.priority, found.report))
      touchIncident(tx, found.incident, { now: context.now });
    return { id: decision.incidentId };
  },
});
