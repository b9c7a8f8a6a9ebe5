import type { Phase } from '../../../../db/words.ts';
import type { Given } from '../../core/act.ts';
import { enqueue } from '../../core/jobs/enqueue.ts';
import { isOut, isUnreleased } from '../../core/visibility.ts';
import { lintOverride } from '../../wording/lint/blocked-fields.ts';
import { derivedFrom, storeDerived } from '../derive-incident.ts';
import type { PostUpdateInput } from '../incident-input.ts';
import { planEdges } from '../maintenance/plan-edges.ts';
import { enqueueReminder } from '../maintenance/remind.ts';
import type { MaintenanceWindow } from '../maintenance/window.ts';
import { isAnnounced, isFinal } from '../phase.ts';
import { touchIncident } from '../touch-incident.ts';
import { composeUpdate } from './compose-update.ts';
import { type HeldChange, storedWindowOf, windowToCome } from './held-change.ts';
import { insertUpdate } from './insert-update.ts';
import { type Published, recordPublication } from './record-publication.ts';
import { refuseOutOfTurn, refuseWhatIsWrong } from './refuse-update.ts';
import { type Situation, situationAt } from './situation.ts';
import { readSources } from './sources.ts';
import { recordStandIn } from './stand-in.ts';
import type { Update } from './timeline.ts';
import { timesOf } from './times.ts';

/** The incident that an update is posted to, as it stands. */
type Subject = Published['incident'] &
  Situation &
  MaintenanceWindow & {
    updates: readonly Update[];
    /** What a maintenance has planned ahead. */
    planned: readonly Update[];
  };

/**
 * Posts an update; the steps stand in the order in which they happen. Refused with everything that keeps it from being
 * published. Returns its id and when the world may see it. A hidden text is not held and asks nobody on call: nothing of it
 * becomes public before the release.
 */
export async function appendUpdate(
  { tx, context, audit }: Given<'update.posted'>,
  incident: Subject,
  input: PostUpdateInput,
): Promise<{ updateId: string; publishedAt: Date }> {
  const { now } = context;
  refuseOutOfTurn(context, incident, input);
  const isHidden = isUnreleased(incident, now);
  // Nothing of an unreleased incident becomes public, so nothing is held.
  const when = timesOf(incident, isHidden ? { ...input, holdSeconds: 0 } : input, now);
  // What an earlier held update will change counts for the words of this one, as its phase does.
  const toCome = { ...incident, ...windowToCome(incident, incident.updates) };
  const situation = { ...toCome, ...situationAt(incident.updates, when.displayAt) };
  const sources = await readSources(tx, incident.category.id, input, {
    now: when.publishedAt,
    offered: context.offered,
  });
  const composed = composeUpdate(sources, situation, input, when);
  const asked = { incident: toCome, input, when, isHidden };
  const { composition, reasons } = await refuseWhatIsWrong(tx, context, asked, composed);

  const isHeld = !isOut(when, now);
  const change = changeBy(composition, incident, toCome);
  const waiting = isHeld ? change : null;
  const updateId = await insertUpdate(tx, context, incident.id, composition, { ...when, waiting });
  await recordStandIn(tx, context, { incidentId: incident.id, updateId, act: 'update' }, reasons.standIn);

  const { phase, impact, window, nextUpdateBy } = composition;
  const updates = [{ id: updateId, phase, ...when, nextUpdateBy, isImported: false }, ...incident.updates];
  // What the world reads on the incident itself waits with a held update; a new incident is not public at all.
  const isChanged = !isHeld || incident.updates.length === 0;
  const stands = {
    ...derivedFrom(updates),
    ...(isChanged ? { impact, ...window } : {}),
    // Why it is not public holds no more once somebody publishes, also when that is undone.
    ...{ notPublicReason: null, notPublicBy: null, notPublicAt: null },
  };
  await storeDerived(tx, incident.id, now, stands);
  const told = { incident: { ...incident, ...stands }, updates: updates.filter((one) => isOut(one, now)) };
  if (isHeld)
    await enqueue(tx, context, {
      kind: 'publish-held-update',
      payload: { updateId },
      dueAt: when.publishedAt,
    });
  else await recordPublication(tx, context, told, [updateId]);
  // The plan is written anew at once, also for a held update: what is only planned is not public either.
  if (incident.kind === 'maintenance') await planEdges(tx, context, incident.id);
  // Nobody is reminded of what is not public yet, so the reminder of a held one waits with it.
  if (change.isNewStart && !isHeld) await enqueueReminder(tx, context, incident.id, window.scheduledFor);

  await audit({
    action: 'update.posted',
    subjectType: 'incident',
    subjectId: incident.id,
    after: {
      update: updateId,
      phase,
      occasion: composition.occasion,
      texts: composition.texts,
      components: composition.components,
      ...when,
      nextUpdateBy,
      isFreeText: composition.isFreeText,
      lintOverride: lintOverride(composition.findings, input.lintReason),
      standInReason: reasons.standIn,
      offDutyReason: reasons.offDuty,
    },
    restrictedTo: incident.isRestricted ? incident.id : null,
  });
  const isMovedInHistory = isChanged && window.startedAt.getTime() !== incident.startedAt.getTime();
  if (isMovedInHistory) touchIncident(tx, incident, { now }, 'history');
  // A new incident is public from its first update on.
  const shown = { ...incident, publishedAt: incident.publishedAt ?? when.publishedAt };
  // Told for the first time, or taken up again, it belongs to months that did not list it.
  const newest = incident.updates[0]?.phase ?? null;
  const isNews = newest === null || (isFinal(newest) && !isFinal(phase));
  touchIncident(tx, shown, { now, from: when.publishedAt }, ...(isNews ? ['history' as const] : []));
  return { updateId, publishedAt: when.publishedAt };
}

/** What an update changes of its incident. The window of the first one stands on the row at once, so nothing of it waits. */
function changeBy(
  { phase, impact, window }: { phase: Phase; impact: HeldChange['impact']; window: MaintenanceWindow },
  incident: Subject,
  toCome: MaintenanceWindow,
): HeldChange {
  const isFirst = incident.updates.length === 0;
  const isMoved = window.scheduledFor?.getTime() !== toCome.scheduledFor?.getTime();
  return {
    impact,
    before: { impact: incident.impact },
    window: { from: storedWindowOf(isFirst ? window : toCome), to: storedWindowOf(window) },
    isNewStart: isAnnounced(phase) && (isFirst || isMoved),
  };
}
