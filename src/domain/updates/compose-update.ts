import { asc, eq, or } from 'drizzle-orm';
import type { Tables } from '../../../db/schema.ts';
import type { Reader } from '../../../db/store.ts';
import type { ComponentStatus, Impact, Language, Occasion, Phase } from '../../../db/words.ts';
import type { FieldProblem } from '../core/errors.ts';
import { suggestedImpact, worseImpact } from '../incidents/impact.ts';
import { asEffect, type PostUpdateInput } from '../incidents/incident-input.ts';
import { isFinal, kindOfOccasion, kindOfPhase, mayFollow, phaseOfOccasion } from '../incidents/phase.ts';
import { lintQuestion } from '../lint/lint-question.ts';
import { type Finding, lintTexts, withoutKnown } from '../lint/lint-texts.ts';
import { type MaintenanceWindow, windowAfter } from '../maintenance/window.ts';
import { promiseFrom, promiseMinutes } from '../promises/promise-minutes.ts';
import { statusOfImpact } from '../public/component-status.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Settings } from '../settings/settings.ts';
import type { SlotValues } from '../templates/fill.ts';
import { findTemplates } from '../templates/find-template.ts';
import { phraseFits } from '../templates/phrase-fits.ts';
import { type Phrase, readPhrases } from '../templates/read-phrases.ts';
import { preselectedStatus } from './preselect.ts';
import { type Situation, troubledSet } from './situation.ts';
import { instantOf, slotValues } from './slot-values.ts';
import type { StatedComponent, Update } from './timeline.ts';
import { isToldLater, overAgain, toldLaterProblems } from './told-later.ts';
import { type TextFields, writeTexts } from './write-texts.ts';

/** An update as it would be published, or what keeps it from that. */
export interface Composition {
  phase: Phase | null;
  occasion: Occasion | null;
  texts: Partial<Record<Language, TextFields>>;
  /** Slot values per language, for a preview that shows where they stand. */
  values: Record<Language, SlotValues>;
  template: { id: string; version: number } | null;
  isFreeText: boolean;
  components: StatedComponent[];
  /** What a component gets by the effect alone; null for not affected. */
  preselected: ComponentStatus | null;
  impact: Impact;
  /** When the incident started or is planned, as this update makes it. */
  window: MaintenanceWindow;
  nextUpdateBy: Date | null;
  promiseMinutes: number | null;
  /** Since when it works again; only in monitoring. */
  fixedAt: Date | null;
  /** What the lint found in the texts; the blocking ones need a reason. */
  findings: Finding[];
  problems: FieldProblem[];
}

/**
 * Works out an update from its input, without writing anything: the same for publishing and for the preview. With
 * `onlyApproved` a template that nobody has approved does not exist.
 */
export async function composeUpdate(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  situation: Situation,
  given: PostUpdateInput,
  when: { displayAt: Date; publishedAt: Date },
  { onlyApproved = false } = {},
): Promise<Composition> {
  const input = withNewEnd(given);
  const settings = await readSettings(from);
  const allComponents = await nameableComponents(from, situation.category.id);
  const occasion = input.occasion ?? null;
  const present = situation.latest?.phase ?? null;
  const phase = occasion ? phaseOfOccasion(occasion, present) : (input.phase ?? present);
  const problems = phaseProblems(situation, phase, occasion, input);

  const isLater = isToldLater(situation, phase);
  // What an outage was that is over: said as if it were not.
  const during = isLater ? null : phase;
  const phrases = await readPhrases(from, situation.category.id);
  const effectKey = input.slots?.effect;
  const effect = phrases.find((phrase) => phrase.slot === 'effect' && phrase.key === effectKey);
  const effectLevel = effect?.level ?? null;
  const active = allComponents.filter((component) => component.archivedAt === null);
  const own = active.filter((component) => component.categoryId === situation.category.id);
  const preselected = preselectedStatus({
    kind: situation.kind,
    phase: during,
    effectLevel,
    impact: input.impact,
  });
  const set = componentSet(situation, during, input, { own, preselected });
  for (const id of Object.keys(input.components ?? {})) {
    const known = allComponents.find((component) => component.id === id);
    if (!known) problems.push({ path: `components.${id}`, key: 'unknown_component' });
    else if (known.archivedAt && !situation.latest?.components.some((c) => c.id === id)) {
      problems.push({ path: `components.${id}`, key: 'archived' });
    }
  }

  const statuses = [...set.values()];
  const isByEffect = Object.values(input.components ?? {}).includes(asEffect);
  const isNone = input.components !== undefined && !isByEffect && set.size === 0 && own.length > 0;
  const isNamed = input.components !== undefined && !isByEffect && set.size > 0;
  const impact = impactOf(situation, during, input, {
    statuses,
    isSaid: isNone || isNamed,
    effectLevel,
    count: active.length,
  });

  if (input.impact && keepsImpact(situation) && worseImpact(situation.impact, input.impact) !== impact)
    problems.push({ path: 'impact', key: 'impact_backdated' });
  const noticeHours = settings.maintenance_notice_hours;
  const { window, problems: wrongWindow } = windowAfter({ situation, phase, input, when, noticeHours });
  problems.push(...wrongWindow);
  const end = input.endedAt ? new Date(input.endedAt) : null;
  if (isLater) problems.push(...toldLaterProblems(window.startedAt, end, when.publishedAt));
  else if (end) problems.push({ path: 'endedAt', key: 'not_over' });
  const { scheduledUntil } = window;
  const promising = { ...situation, phase: phase ?? 'investigating', scheduledUntil };
  const nextUpdateBy = input.nextUpdateBy
    ? new Date(input.nextUpdateBy)
    : promiseFrom(promising, when.publishedAt, settings);
  if (input.nextUpdateBy && nextUpdateBy && nextUpdateBy <= when.publishedAt) {
    problems.push({ path: 'nextUpdateBy', key: 'in_past' });
  }

  const affected = allComponents.filter((component) => set.has(component.id));
  const latest = { ...situation.carried, ...(situation.latest ?? situation.next)?.texts };
  const resolved = slotValues(input.slots ?? {}, phrases, {
    zone: settings.time_zone,
    categoryName: { en: situation.category.nameEn, de: situation.category.nameDe },
    componentNames: { en: affected.map((c) => c.nameEn), de: affected.map((c) => c.nameDe) },
    startedAt: window.startedAt,
    at: when.displayAt,
    toldAt: when.publishedAt,
    fixedAt: situation.fixedAt ?? when.displayAt,
    endedAt:
      situation.latest && isFinal(situation.latest.phase) ? situation.latest.displayAt : when.displayAt,
    nextUpdateBy,
    scheduledFor: window.scheduledFor,
    scheduledUntil,
    present: phase === 'monitoring' ? asWorking(latest) : latest,
  });
  problems.push(...resolved.problems, ...unfitPhrases(input.slots ?? {}, phrases, { occasion, phase }));

  const found = occasion
    ? await findTemplates(from, { categoryId: situation.category.id, occasion, now: when.publishedAt })
    : {};
  const templates = onlyApproved ? approvedOf(found) : found;
  const written = writeTexts({ input, templates, values: resolved.values, latest, phase });
  problems.push(...written.problems);

  const used = templates.en ?? templates.de;
  return {
    phase,
    occasion,
    texts: written.texts,
    values: resolved.values,
    template: used ? { id: used.id, version: used.version } : null,
    isFreeText: written.isFreeText,
    components: isLater ? overAgain(set) : [...set].map(([id, status]) => ({ id, status })),
    preselected,
    impact,
    window,
    nextUpdateBy: phase && isFinal(phase) ? null : nextUpdateBy,
    promiseMinutes: promiseMinutesOf(promising, nextUpdateBy, when.publishedAt, settings),
    fixedAt:
      phase === 'monitoring'
        ? (instantOf(input.slots?.fixed_at) ?? situation.fixedAt ?? when.displayAt)
        : null,
    findings: withoutKnown(lintTexts(written.texts, lintQuestion(settings, phase, situation.labels)), latest),
    problems,
  };
}

/** What the desk does not offer, because it contradicts the rest of the update. */
function unfitPhrases(
  given: NonNullable<PostUpdateInput['slots']>,
  phrases: readonly Phrase[],
  { occasion, phase }: { occasion: Occasion | null; phase: Phase | null },
): FieldProblem[] {
  if (occasion === null) return [];
  const chosen = phrases.filter(({ slot, key }) =>
    Object.entries(given).some(([s, k]) => s === slot && k === key),
  );
  return chosen
    .filter((phrase) => !phraseFits(phrase, { occasion, phase }))
    .map(({ slot }) => ({ path: `slots.${slot}`, key: 'unfit_phrase' }));
}

/** Components that an incident of the category may name, archived ones included: those of another restricted category do not exist for it. */
async function nameableComponents(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  categoryId: string,
) {
  const { components, categories } = from.tables;
  const rows = await from.read
    .select({ component: components })
    .from(components)
    .innerJoin(categories, eq(components.categoryId, categories.id))
    .where(or(eq(categories.isRestricted, false), eq(categories.id, categoryId)))
    .orderBy(asc(components.position), asc(components.id));
  return rows.map(({ component }) => component);
}

function phaseProblems(
  situation: Situation,
  phase: Phase | null,
  occasion: Occasion | null,
  input: PostUpdateInput,
): FieldProblem[] {
  if (phase === null) return [{ path: 'occasion', key: 'occasion_or_phase' }];
  const path = occasion ? 'occasion' : 'phase';
  if (!occasion && !input.texts) return [{ path: 'occasion', key: 'occasion_or_phase' }];
  const kind = occasion ? kindOfOccasion(occasion) : kindOfPhase(phase);
  const fitsKind = kind === situation.kind || occasion === 'no_news';
  if (!fitsKind || kindOfPhase(phase) !== situation.kind) return [{ path, key: 'kind_mismatch' }];
  const present = situation.latest?.phase ?? null;
  if (occasion === 'reopened' && present !== 'resolved') return [{ path, key: 'not_resolved' }];
  const wrong = (from: Phase | null, to: Phase): FieldProblem[] => [
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
 * first (design §9.3); reopened as it was before the end; all working again once it is over.
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
  const isStart = kind === 'maintenance' && latest.phase === 'scheduled' && phase !== 'scheduled';
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
 * not raise it: a backdated update never changes the present (design §8.4).
 */
const keepsImpact = ({ next }: Situation): boolean =>
  !!next && !isFinal(next.phase) && next.components.length === 0;

/** An extension that only names its new end fills the slot of that name with it. */
function withNewEnd(input: PostUpdateInput): PostUpdateInput {
  const { occasion, scheduledUntil, slots } = input;
  if (occasion !== 'extended' || !scheduledUntil || slots?.new_end !== undefined) return input;
  return { ...input, slots: { ...slots, new_end: scheduledUntil } };
}

const approvedOf = (found: Awaited<ReturnType<typeof findTemplates>>): typeof found =>
  Object.fromEntries(Object.entries(found).filter(([, template]) => template.isApproved));

function promiseMinutesOf(
  promising: Parameters<typeof promiseMinutes>[0],
  nextUpdateBy: Date | null,
  publishedAt: Date,
  settings: Settings,
): number | null {
  if (isFinal(promising.phase) || nextUpdateBy === null) return null;
  return (
    promiseMinutes(promising, settings) ??
    Math.round((nextUpdateBy.getTime() - publishedAt.getTime()) / 60_000)
  );
}

/** In monitoring things work again: neither effect nor advice of the time of trouble fills its slot. */
const asWorking = (texts: Update['texts']) =>
  Object.fromEntries(
    Object.entries(texts).map(([language, text]) => [language, { ...text, effect: '', workaround: '' }]),
  );
