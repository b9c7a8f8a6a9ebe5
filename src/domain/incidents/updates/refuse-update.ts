/** What keeps an update from being published, beside what is wrong with its words (`compose-update.ts`). */
import type { Transaction } from '../../../../db/store.ts';
import type { Phase } from '../../../../db/words.ts';
import type { Context } from '../../core/context.ts';
import { DomainError, type FieldRefusal, invalid } from '../../core/errors.ts';
import type { Lane } from '../../core/visibility.ts';
import { findOffDuty } from '../../people/roster/off-duty.ts';
import { blockedFields } from '../../wording/lint/blocked-fields.ts';
import type { PostUpdateInput } from '../incident-input.ts';
import { findOverlap } from '../maintenance/find-overlap.ts';
import { isFinal } from '../phase.ts';
import { refuseUnreleasedText } from '../restricted/released.ts';
import type { Composition } from './compose-update.ts';
import { findStandIn } from './stand-in.ts';
import type { When } from './times.ts';

/** Refuses what may not be said of this incident now, whatever its words. */
export function refuseOutOfTurn(
  context: Context,
  incident: Lane & { closedAt: Date | null; updates: readonly { phase: Phase }[] },
  input: PostUpdateInput,
): void {
  // What is wrong is put right where it stands: a second message would leave the wrong one as it is.
  if (input.occasion === 'correction') throw invalid('occasion', 'correction_elsewhere');
  refuseUnreleasedText(context, incident);
  const newest = incident.updates[0]?.phase ?? null;
  const reopens = input.occasion === 'reopened' || (!input.occasion && input.phase === 'investigating');
  // Closed inside, only "reopened" goes on; once that is said, also while it is held, what follows is news again.
  if (incident.closedAt && (newest === null || isFinal(newest)) && !reopens)
    throw new DomainError('conflict', 'incident_closed');
}

interface Asked {
  /** As it will be once every held update is public. */
  incident: Parameters<typeof findOverlap>[2];
  input: PostUpdateInput;
  when: When;
  /** Nothing of it becomes public, so nobody needs to be on call for it. */
  isHidden: boolean;
}

/** The reasons for which it is published although somebody else should tell customers; undefined where none was needed. */
export interface Reasons {
  standIn: string | undefined;
  offDuty: string | undefined;
}

/** Refuses a composed update with all that keeps it from being published, or says with which reasons it is. */
export async function refuseWhatIsWrong(
  tx: Transaction,
  context: Context,
  { incident, input, when, isHidden }: Asked,
  composition: Composition,
): Promise<{ composition: Composition & { phase: Phase }; reasons: Reasons }> {
  const { phase } = composition;
  const refusals = [...composition.refusals, ...blockedFields(composition.findings, input.lintReason)];
  refusals.push(...(await findOverlap(tx, context, incident, composition, input)));
  refusals.push(...inFuture(input, when, context.now, refusals));
  const standIn = isHidden ? null : findStandIn(context, input);
  const given = standIn?.reason ?? input.offDutyReason;
  const offDuty = isHidden || standIn?.refusal ? null : await findOffDuty(tx, context, given);
  refusals.push(...[standIn?.refusal, offDuty?.refusal].flatMap((refusal) => refusal ?? []));
  if (refusals.length > 0 || phase === null) throw new DomainError('invalid', 'input', { fields: refusals });
  return {
    composition: { ...composition, phase },
    reasons: { standIn: standIn?.reason, offDuty: offDuty?.reason },
  };
}

/** Nothing is told of what has not happened. */
function inFuture(
  { endedAt }: PostUpdateInput,
  { displayAt, publishedAt }: When,
  now: Date,
  known: readonly FieldRefusal[],
): FieldRefusal[] {
  if (!endedAt) return displayAt > publishedAt ? [{ path: 'displayAt', key: 'in_future' }] : [];
  const isSaid = known.some(({ path }) => path === 'endedAt');
  return new Date(endedAt) > now && !isSaid ? [{ path: 'endedAt', key: 'in_future' }] : [];
}
