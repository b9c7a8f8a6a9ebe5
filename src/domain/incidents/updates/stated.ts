/** What an update states of its incident: the phase, which components are affected and how, how bad it is. Pure. */
import type { ComponentStatus, Impact, Occasion, Phase } from '../../../../db/words.ts';
import type { FieldRefusal } from '../../core/errors.ts';
import { statusOfImpact } from '../component-status.ts';
import { suggestedImpact, worseImpact } from '../impact.ts';
import { asEffect, type PostUpdateInput } from '../incident-input.ts';
import { isAnnounced, isFinal, kindOfOccasion, kindOfPhase, mayFollow, phaseOfOccasion } from '../phase.ts';
import { preselectedStatus } from './preselect.ts';
import { type Situation, troubledSet } from './situation.ts';
import type { Sources } from './sources.ts';
import { isToldLater } from './told-later.ts';

/** The phase that it puts the incident into, and what of it cannot be. */
export function statedPhase(
  situation: Situation,
  input: PostUpdateInput,
): { phase: Phase | null; occasion: Occasion | null; refusals: FieldRefusal[] } {
  const occasion = input.occasion ?? null;
  const present = situation.latest?.phase ?? null;
  const phase = occasion ? phaseOfOccasion(occasion, present) : (input.phase ?? present);
  return { phase, occasion, refusals: phaseRefusals(situation, phase, occasion, input) };
}

interface Stated {
  /** Of the components, what was said of each, in the order of saying; what was an outage that is over: as it was. */
  set: Map<string, ComponentStatus>;
  /** What a component gets by the effect alone; null for not affected. */
  preselected: ComponentStatus | null;
  impact: Impact;
  refusals: FieldRefusal[];
}

/** The components and the impact. `phase` is null where an outage that is over is told as it was. */
export function statedComponents(
  { components, phrases }: Sources,
  situation: Situation,
  phase: Phase | null,
  input: PostUpdateInput,
): Stated {
  const refusals: FieldRefusal[] = [];
  const effect = phrases.find(({ slot, key }) => slot === 'effect' && key === input.slots?.effect);
  const effectLevel = effect?.level ?? null;
  const active = components.filter((component) => component.archivedAt === null);
  const own = active.filter((component) => component.categoryId === situation.category.id);
  const preselected = preselectedStatus({ kind: situation.kind, phase, effectLevel, impact: input.impact });
  const set = componentSet(situation, phase, input, { own, preselected });
  for (const id of Object.keys(input.components ?? {})) {
    const known = components.find((component) => component.id === id);
    if (!known) refusals.push({ path: `components.${id}`, key: 'unknown_component' });
    else if (known.archivedAt && !situation.latest?.components.some((c) => c.id === id))
      refusals.push({ path: `components.${id}`, key: 'archived' });
  }
  const isByEffect = Object.values(input.components ?? {}).includes(asEffect);
  const isNone = input.components !== undefined && !isByEffect && set.size === 0 && own.length > 0;
  const isNamed = input.components !== undefined && !isByEffect && set.size > 0;
  const impact = impactOf(situation, phase, input, {
    statuses: [...set.values()],
    isSaid: isNone || isNamed,
    effectLevel,
    count: active.length,
  });
  if (input.impact && keepsImpact(situation) && worseImpact(situation.impact, input.impact) !== impact)
    refusals.push({ path: 'impact', key: 'impact_backdated' });
  return { set, preselected, impact, refusals };
}

function phaseRefusals(
  situation: Situation,
  phase: Phase | null,
  occasion: Occasion | null,
  input: PostUpdateInput,
): FieldRefusal[] {
  if (phase === null) return [{ path: 'occasion', key: 'occasion_or_phase' }];
  const path = occasion ? 'occasion' : 'phase';
  if (!occasion && !input.texts) return [{ path: 'occasion', key: 'occasion_or_phase' }];
  const kind = occasion ? kindOfOccasion(occasion) : kindOfPhase(phase);
  const fitsKind = kind === situation.kind || occasion === 'no_news';
  if (!fitsKind || kindOfPhase(phase) !== situation.kind) return [{ path, key: 'kind_mismatch' }];
  const present = situation.latest?.phase ?? null;
  if (occasion === 'reopened' && present !== 'resolved') return [{ path, key: 'not_resolved' }];
  const wrong = (from: Phase | null, to: Phase): FieldRefusal[] => [
    { path, key: 'wrong_phase', params: { from: from ?? '–', to } },
  ];
  const { next = null } = situation;
  if (isToldLater(situation, phase)) return [];
  if (!mayFollow(present, phase, occasion)) {
    return present !== null && isFinal(present) && next === null
      ? [{ path, key: 'already_resolved' }]
      : wrong(present, phase);
  }
  return next === null || mayFollow(phase, next.phase, next.occasion) ? [] : wrong(phase, next.phase);
}

/**
 * The complete set that the update states: given, else as before, else all of its category at the level of what is said
 * first; reopened as it was before the end; all working again once it is over.
 */
function componentSet(
  situation: Situation,
  phase: Phase | null,
  input: PostUpdateInput,
  { own, preselected }: { own: readonly { id: string }[]; preselected: ComponentStatus | null },
): Map<string, ComponentStatus> {
  const said = input.components
    ? Object.entries(input.components).map(([id, status]) => ({ id, status }))
    : (setBefore(situation, phase) ?? own.map(({ id }) => ({ id, status: asEffect })));
  const set = new Map(
    said.flatMap(({ id, status }): [string, ComponentStatus][] => {
      const known = status === asEffect ? preselected : status;
      return known === null ? [] : [[id, known]];
    }),
  );
  if (isFinal(phase)) {
    for (const { id } of situation.latest?.components ?? []) set.set(id, 'operational');
    for (const id of set.keys()) set.set(id, 'operational');
  }
  return set;
}

/** What the update before names, or the one after a backdated one; null when nothing was said before. */
function setBefore({ latest, next, troubled, kind }: Situation, phase: Phase | null) {
  if (!latest) return next ? troubledSet([next]) : null;
  if (isFinal(latest.phase) && !isFinal(phase)) return troubled ?? null;
  const { components } = latest;
  // An imported announcement calls what it names operational until it starts.
  const isStart = kind === 'maintenance' && isAnnounced(latest.phase) && !isAnnounced(phase);
  const isCalm = components.every(({ status }) => status === 'operational');
  return isStart && isCalm
    ? components.map(({ id }) => ({ id, status: 'under_maintenance' as const }))
    : components;
}

function impactOf(
  situation: Situation,
  phase: Phase | null,
  input: PostUpdateInput,
  said: {
    statuses: readonly ComponentStatus[];
    /** It says itself which components are affected, or that none is. */
    isSaid: boolean;
    effectLevel: ComponentStatus | null;
    /** Of the whole page. */
    count: number;
  },
): Impact {
  if (situation.kind === 'maintenance') return 'maintenance';
  if (keepsImpact(situation)) return situation.impact;
  if (input.impact) return worseImpact(situation.impact, input.impact);
  const fromComponents = worseImpact(situation.impact, suggestedImpact(said.statuses, said.count));
  const isFirst = !situation.latest && !situation.next;
  if (!isFirst || isFinal(phase) || said.isSaid) return fromComponents;
  const fromEffect = Object.entries(statusOfImpact).find(([, status]) => status === said.effectLevel)?.[0];
  const suggested = fromEffect === 'major' || fromEffect === 'critical' ? fromEffect : 'minor';
  // What the team recorded before the first update counts too.
  return worseImpact(fromComponents, suggested);
}

/**
 * An open incident that names no component is as bad now as its impact says, so what is told of an earlier time must
 * not raise it: a backdated update never changes the present.
 */
const keepsImpact = ({ next }: Situation): boolean =>
  !!next && !isFinal(next.phase) && next.components.length === 0;
