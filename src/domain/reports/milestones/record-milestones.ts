import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type IncidentKind, type Milestone, milestones } from '../../../../db/words.ts';
import { actOn } from '../../core/act.ts';
import { DomainError, type FieldRefusal } from '../../core/errors.ts';
import { version } from '../../core/fields.ts';
import { refuseStale } from '../../core/lock.ts';
import { isSameMinute } from '../../core/minute.ts';
import { instant } from '../../core/parse.ts';
import { isUnreleased } from '../../core/visibility.ts';
import { findIncident } from '../../incidents/find-incident.ts';
import { touchIncident } from '../../incidents/touch-incident.ts';
import { correctDuration, endingOf, moveEnd, whyNotMovable } from '../../incidents/updates/move-end.ts';
import { voidReview } from '../reviews/void-review.ts';
import { type Moments, outOfOrder } from './durations.ts';

/** Those named are set, null clears one; the start can only be moved. */
const recordMilestonesInput = z
  .strictObject({
    started: instant().optional(),
    detected: instant().nullable().optional(),
    diagnosed: instant().nullable().optional(),
    recovered: instant().nullable().optional(),
    verified: instant().nullable().optional(),
    /** Asked for where "recovered" is not the end that the page shows: `correct` moves that end, `keep` leaves both. */
    pageEnd: z.enum(['correct', 'keep']).optional(),
    version: version(),
  } satisfies Partial<Record<Milestone | 'version' | 'pageEnd', unknown>>)
  .meta({ id: 'RecordMilestones' });

/**
 * Records when an outage started, was detected, diagnosed, recovered and verified. Refuses another order and the
 * future, and asks which is right where "recovered" is not the end that the page shows. Moving that end corrects the words that
 * say it; where both stay, report and page say by themselves what each counts, so that nobody has to explain it.
 */
export const recordMilestones = actOn({
  permission: 'milestones.record',
  input: recordMilestonesInput,
  audits: ['incident.milestones-recorded'],
  async work({ tx, context, audit }, id, { version, pageEnd, ...wanted }): Promise<{ id: string }> {
    const incident = await findIncident(tx, context, id);
    const before = momentsOf(incident);
    refuseStale(version, incident, before, wanted);
    const given = Object.fromEntries(
      Object.entries(wanted).map(([name, at]) => [name, at ? new Date(at) : null]),
    ) as Moments;
    const after: Moments = { ...before, ...given };
    const refusals: FieldRefusal[] = milestones.flatMap((name): FieldRefusal[] => {
      const at = after[name];
      return at && at > context.now ? [{ path: name, key: 'in_future' }] : [];
    });
    const wrong = outOfOrder(after);
    if (wrong) refusals.push({ path: wrong.milestone, key: 'milestone_order' });
    else if (given.started && isAfterFirstWord(incident, given.started))
      refusals.push({ path: 'started', key: 'start_after_update' });
    const changed = milestones.filter((name) => after[name]?.getTime() !== before[name]?.getTime());
    const recovered = changed.includes('recovered') ? (after.recovered ?? null) : null;
    // A hidden one has no page yet, and its first wording would become public with the release.
    const hasPage = incident.kind === 'incident' && !isUnreleased(incident, context.now);
    const end = hasPage ? endingOf(incident, context.now)?.update.displayAt : undefined;
    const differs = recovered !== null && end !== undefined && !isSameMinute(recovered, end);
    if (differs && refusals.length === 0) {
      const unmovable = whyNotMovable(incident, recovered, context.now);
      if (!pageEnd) refusals.push({ path: 'recovered', key: 'end_differs' });
      else if (pageEnd === 'correct' && unmovable) refusals.push(unmovable);
    }
    if (refusals.length > 0) throw new DomainError('invalid', 'input', { fields: refusals });
    if (changed.length === 0) return { id };
    const { incidents } = tx.tables;
    await tx.db
      .update(incidents)
      .set({
        ...Object.fromEntries(changed.map((name) => [`${name}At`, after[name]])),
        version: sql`${incidents.version} + 1`,
      })
      .where(eq(incidents.id, id));
    const pick = (moments: Moments) => Object.fromEntries(changed.map((name) => [name, moments[name]]));
    await audit({
      action: 'incident.milestones-recorded',
      subjectType: 'incident',
      subjectId: id,
      before: pick(before),
      after: { ...pick(after), ...(differs ? { pageEnd } : {}) },
      restrictedTo: incident.isRestricted ? id : null,
    });
    await voidReview(tx, context, [incident]);
    const moved = { ...incident, startedAt: after.started ?? incident.startedAt };
    if (differs && pageEnd === 'correct') await moveEnd(tx, context, moved, recovered, incident.startedAt);
    else if (hasPage) await correctDuration(tx, context, moved, incident.startedAt);
    if (changed.includes('started')) touchIncident(tx, incident, { now: context.now }, 'history');
    return { id };
  },
});

/** Moved behind its earliest update it would begin after it was told of, or even after its end (`incidents/maintenance/window.ts`). */
function isAfterFirstWord(
  incident: { kind: IncidentKind; startedAt: Date; updates: readonly { displayAt: Date }[] },
  started: Date,
): boolean {
  if (incident.kind !== 'incident' || started <= incident.startedAt) return false;
  return incident.updates.some(({ displayAt }) => displayAt < started && !isSameMinute(displayAt, started));
}

/** The milestones of an incident, from its columns. */
export const momentsOf = (incident: {
  startedAt: Date;
  detectedAt: Date | null;
  diagnosedAt: Date | null;
  recoveredAt: Date | null;
  verifiedAt: Date | null;
}): Record<Milestone, Date | null> => ({
  started: incident.startedAt,
  detected: incident.detectedAt,
  diagnosed: incident.diagnosedAt,
  recovered: incident.recoveredAt,
  verified: incident.verifiedAt,
});
