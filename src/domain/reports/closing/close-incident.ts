import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { incidentOutcomes } from '../../../../db/words.ts';
import { actOn } from '../../core/act.ts';
import { isAllowed } from '../../core/authorize.ts';
import { DomainError, type FieldRefusal } from '../../core/errors.ts';
import { version } from '../../core/fields.ts';
import { refuseStale } from '../../core/lock.ts';
import { prose } from '../../core/parse.ts';
import { isExplanation, reasonIfAny } from '../../core/reason.ts';
import { findIncident } from '../../incidents/find-incident.ts';
import { isUrgent } from '../../incidents/priority-rules.ts';
import { openProblemOf } from '../problems/open-problem-of.ts';
import { readClosingFacts } from './closing-facts.ts';
import { type ClosingObstacle, obstaclesOf } from './closing-rules.ts';

const closeIncidentInput = z
  .strictObject({
    outcome: z.enum(incidentOutcomes),
    /** Why it is no problem; of a P0 or P1 a manager gives it. */
    reason: reasonIfAny().optional(),
    /** For the ticket, never public: cause, fix and proof, or an https link to them. */
    explanation: prose(),
    version: version(),
  })
  .meta({ id: 'CloseIncident' });

const sentences = {
  not_resolved: 'closing_not_resolved',
  not_classified: 'report_not_classified',
  report_undecided: 'closing_undecided',
  report_not_released: 'closing_not_released',
  report_not_public: 'closing_not_public',
  report_not_published: 'closing_not_published',
} as const satisfies Record<ClosingObstacle, string>;

/**
 * Closes an incident inside with exactly one outcome and the explanation for the ticket. Refused while a
 * report is owed. That it is no problem needs a reason, and of a P0 or P1 a manager.
 * Nothing of it is public.
 */
export const closeIncident = actOn({
  permission: 'incidents.close',
  input: closeIncidentInput,
  audits: ['incident.closed'],
  async work({ tx, context, audit }, id, wanted): Promise<{ id: string }> {
    const incident = await findIncident(tx, context, id);
    if (incident.kind !== 'incident') throw new DomainError('conflict', 'closing_kind');
    const theirs = { outcome: incident.outcome, explanation: incident.explanation };
    refuseStale(wanted.version, incident, theirs, wanted);
    if (incident.closedAt) throw new DomainError('conflict', 'incident_closed');
    const { facts } = await readClosingFacts(tx, incident, context.now);
    const obstacles = obstaclesOf(facts);
    const [first] = obstacles;
    if (first) throw new DomainError('conflict', sentences[first], { details: { obstacles } });
    const reason = wanted.reason?.trim() ?? '';
    const explanation = wanted.explanation.trim();
    const refusals: FieldRefusal[] = [];
    if (wanted.outcome !== 'problem') {
      if (isUrgent(incident.priority) && !isAllowed(context.actor, 'incidents.close-urgent'))
        throw new DomainError('forbidden', 'closing_manager');
      if (!reason) refusals.push({ path: 'reason', key: 'reason_missing' });
    }
    // It says what was wrong, how it was fixed and how that was proven; a link may be shorter.
    if (!isExplanation(explanation) && !/^https:\/\/\S+$/.test(explanation))
      refusals.push({ path: 'explanation', key: 'closing_explanation' });
    if (refusals.length > 0) throw new DomainError('invalid', 'input', { fields: refusals });
    const problem = wanted.outcome === 'problem' ? await openProblemOf(tx, context, incident) : undefined;
    const { incidents } = tx.tables;
    const closing = { outcome: wanted.outcome, outcomeReason: reason, explanation };
    await tx.db
      .update(incidents)
      .set({
        ...closing,
        closedAt: context.now,
        closedBy: context.actor.userId,
        version: sql`${incidents.version} + 1`,
      })
      .where(eq(incidents.id, id));
    await audit({
      action: 'incident.closed',
      subjectType: 'incident',
      subjectId: id,
      after: { outcome: wanted.outcome, explanation, problem },
      reason: reason || undefined,
      restrictedTo: incident.isRestricted ? id : null,
    });
    return { id };
  },
});
