import { and, eq, isNotNull } from 'drizzle-orm';
import type { Transaction } from '../../../db/store.ts';
import { appendAudit } from '../audit/append.ts';
import type { Context } from '../core/context.ts';
import { DomainError, type FieldProblem, invalid } from '../core/errors.ts';
import { pulledAfter } from '../core/minute.ts';
import { isOut, isUnreleased } from '../core/visibility.ts';
import { deriveIncident } from '../incidents/derive-incident.ts';
import type { PostUpdateInput } from '../incidents/incident-input.ts';
import { isFinal } from '../incidents/phase.ts';
import { touchIncident } from '../incidents/touch-incident.ts';
import { enqueue } from '../jobs/enqueue.ts';
import { blockedFields, lintOverride } from '../lint/blocked-fields.ts';
import { findOverlap } from '../maintenance/find-overlap.ts';
import { planEdges } from '../maintenance/plan-edges.ts';
import { enqueueReminder } from '../maintenance/remind.ts';
import { windowToCome } from '../maintenance/waiting-window.ts';
import type { MaintenanceWindow } from '../maintenance/window.ts';
import { refuseUnreleasedText } from '../restricted/released.ts';
import { findOffDuty } from '../roster/off-duty.ts';
import { type Composition, composeUpdate } from './compose-update.ts';
import { insertUpdate } from './insert-update.ts';
import { recordPublication } from './record-publication.ts';
import { fixedSince, type Situation, troubledSet } from './situation.ts';
import { findStandIn, recordStandIn } from './stand-in.ts';
import { carriedTexts, type Update } from './timeline.ts';

export interface Appended {
  updateId: string;
  /** When the world may see it. */
  publishedAt: Date;
  composition: Composition;
}

type Subject = {
  id: string;
  isRestricted: boolean;
  releasedAt: Date | null;
  /** Null while it has no update. */
  publishedAt: Date | null;
  closedAt: Date | null;
  categoryId: string;
  updates: readonly Update[];
  /** What a maintenance has planned ahead. */
  planned: readonly Update[];
} & Situation &
  MaintenanceWindow;

/** Composes and stores an update with its texts, promise, components and audit entry; refuses what keeps it from being published. */
export async function appendUpdate(
  tx: Transaction,
  context: Context,
  incident: Subject,
  input: PostUpdateInput,
): Promise<Appended> {
  // What is wrong is put right where it stands: a second message would leave the wrong one as it is.
  if (input.occasion === 'correction') throw invalid('occasion', 'correction_elsewhere');
  refuseUnreleasedText(context, incident);
  const newest = incident.updates[0]?.phase ?? null;
  const reopens = input.occasion === 'reopened' || (!input.occasion && input.phase === 'investigating');
  // Closed inside, only "reopened" goes on; once that is said, also while it is held, what follows is news again.
  if (incident.closedAt && (newest === null || isFinal(newest)) && !reopens)
    throw new DomainError('conflict', 'incident_closed');
  // Nothing of an unreleased incident becomes public, so nothing is held, and nobody needs to be on call for it.
  const isHidden = isUnreleased(incident, context.now);
  const when = timesOf(incident, isHidden ? { ...input, holdSeconds: 0 } : input, context.now);
  const { displayAt, publishedAt } = when;
  // What an earlier held update will change counts for the words of this one, as its phase does.
  const toCome = await windowToCome(tx, incident, incident.updates);
  const situation = { ...incident, ...toCome, ...neighbours(incident.updates, displayAt) };
  const composition = await composeUpdate(tx, situation, input, when);
  const { problems, phase } = composition;
  problems.push(...blockedFields(composition.findings, input.lintReason));
  problems.push(...(await findOverlap(tx, context, { ...incident, ...toCome }, composition, input)));
  if (displayAt > publishedAt && !input.endedAt) problems.push({ path: 'displayAt', key: 'in_future' });
  if (input.endedAt && new Date(input.endedAt) > context.now && !problems.some(isOfEnd))
    problems.push({ path: 'endedAt', key: 'in_future' });
  const standIn = isHidden ? null : findStandIn(context, input);
  const givenReason = standIn?.reason ?? input.offDutyReason;
  const offDuty = isHidden || standIn?.problem ? null : await findOffDuty(tx, context, givenReason);
  problems.push(...[standIn?.problem, offDuty?.problem].flatMap((problem) => problem ?? []));
  if (problems.length > 0 || phase === null) throw new DomainError('invalid', 'input', { fields: problems });

  const updateId = await insertUpdate(tx, context, incident.id, { ...composition, phase }, when);
  await recordStandIn(tx, context, { incidentId: incident.id, updateId, act: 'update' }, standIn?.reason);
  const { impact, window } = composition;
  const isHeld = !isOut(when, context.now);
  const before = { impact: incident.impact };
  // The window of the first one stands on the row at once, so nothing of it waits.
  const isFirst = incident.updates.length === 0;
  const isMoved = window.scheduledFor?.getTime() !== toCome.scheduledFor?.getTime();
  const isNewStart = phase === 'scheduled' && (isFirst || isMoved);
  const waiting = { from: isFirst ? window : toCome, to: window };
  const payload = { updateId, impact, before, window: waiting, isNewStart };
  if (isHeld) await enqueue(tx, context, { kind: 'publish-held-update', payload, dueAt: publishedAt });
  // What the world reads on the incident itself waits with a held update; a new incident is not public at all.
  if (!isHeld || isFirst) {
    await tx.db
      .update(tx.tables.incidents)
      .set({ impact, ...window })
      .where(eq(tx.tables.incidents.id, incident.id));
    const isMovedInHistory = window.startedAt.getTime() !== incident.startedAt.getTime();
    if (isMovedInHistory) touchIncident(tx, incident, { now: context.now }, 'history');
  }
  await takeReasonBack(tx, incident.id);
  await deriveIncident(tx, incident.id, context.now);
  if (!isHeld) await recordPublication(tx, context, { incidentId: incident.id, updateId });
  // The plan is written anew at once, also for a held update: what is only planned is not public either.
  await planEdges(tx, context, incident.id);
  // Nobody is reminded of what is not public yet, so the reminder of a held one waits with it.
  if (isNewStart && !isHeld) await enqueueReminder(tx, context, incident.id, window.scheduledFor);

  await appendAudit(tx, context, {
    action: 'update.posted',
    subjectType: 'incident',
    subjectId: incident.id,
    after: {
      update: updateId,
      phase,
      occasion: composition.occasion,
      texts: composition.texts,
      components: composition.components,
      displayAt,
      publishedAt,
      nextUpdateBy: composition.nextUpdateBy,
      isFreeText: composition.isFreeText,
      lintOverride: lintOverride(composition.findings, input.lintReason),
      standInReason: standIn?.reason,
      offDutyReason: offDuty?.reason,
    },
    restrictedTo: incident.isRestricted ? incident.id : null,
  });
  // A new incident is public from its first update on.
  const shown = { ...incident, publishedAt: incident.publishedAt ?? publishedAt };
  // Told for the first time, or taken up again, it belongs to months that did not list it.
  const isNews = newest === null || (isFinal(newest) && !isFinal(phase));
  touchIncident(tx, shown, { now: context.now, from: publishedAt }, ...(isNews ? ['history' as const] : []));
  return { updateId, publishedAt, composition };
}

const isOfEnd = ({ path }: FieldProblem): boolean => path === 'endedAt';

/** Why it stays unpublished holds no more once somebody publishes, also when that is undone. */
async function takeReasonBack(tx: Transaction, incidentId: string): Promise<void> {
  const { incidents } = tx.tables;
  await tx.db
    .update(incidents)
    .set({ notPublicReason: null, notPublicBy: null, notPublicAt: null })
    .where(and(eq(incidents.id, incidentId), isNotNull(incidents.notPublicReason)));
}

/**
 * When an update is public and when it was true. One that comes while others are held follows them, or the phases would
 * go backwards; and it is never held beyond the instant at which a maintenance starts or completes itself.
 */
export function timesOf(
  { updates, planned, startedAt }: Pick<Subject, 'updates' | 'planned' | 'startedAt'>,
  input: Pick<PostUpdateInput, 'holdSeconds' | 'displayAt' | 'endedAt' | 'startedAt'>,
  now: Date,
): { displayAt: Date; publishedAt: Date } {
  const held = updates
    .filter((update) => !isOut(update, now))
    .map((update) => update.publishedAt.getTime() + 1);
  const edges = planned.map((update) => update.publishedAt.getTime() - 1);
  const wanted = Math.min(now.getTime() + (input.holdSeconds ?? 0) * 1_000, ...edges);
  const publishedAt = new Date(Math.max(now.getTime(), wanted, ...held));
  const said = input.endedAt ?? input.displayAt;
  // Of two that are dated alike, also to the minute that was typed, the one posted later stands later.
  const begun = input.endedAt ? [new Date(input.startedAt ?? startedAt)] : [];
  const before = [...updates.map(({ displayAt }) => displayAt), ...begun];
  const typed = before.reduce(pulledAfter, said ? new Date(said) : publishedAt);
  let at = typed.getTime();
  while (at < publishedAt.getTime() && updates.some((update) => update.displayAt.getTime() === at)) at += 1;
  return { displayAt: new Date(at), publishedAt };
}

/** The updates right before and after an instant, and the words that go on from before; `updates` newest first. */
export function neighbours(
  updates: readonly Update[],
  instant: Date,
): Pick<Required<Situation>, 'latest' | 'troubled' | 'fixedAt' | 'next' | 'carried'> {
  const at = updates.findIndex((update) => update.displayAt <= instant);
  if (at < 0)
    return { latest: null, troubled: null, fixedAt: null, next: updates.at(-1) ?? null, carried: {} };
  const before = updates.slice(at);
  return {
    latest: before[0] ?? null,
    troubled: troubledSet(before),
    fixedAt: fixedSince(before),
    next: updates[at - 1] ?? null,
    carried: carriedTexts(before),
  };
}
