import type { ComponentStatus, Impact, Language, Occasion, Phase } from '../../../../db/words.ts';
import type { FieldRefusal } from '../../core/errors.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { lintQuestion } from '../../wording/lint/lint-question.ts';
import { type Finding, lintTexts, withoutKnown } from '../../wording/lint/lint-texts.ts';
import type { SlotValues } from '../../wording/templates/fill.ts';
import { instantOf } from '../../wording/templates/slot-types.ts';
import type { PostUpdateInput } from '../incident-input.ts';
import { type MaintenanceWindow, windowAfter } from '../maintenance/window.ts';
import { isFinal, worksAgain } from '../phase.ts';
import { promiseFrom, promiseMinutes } from '../promises/promise-minutes.ts';
import { fillWords } from './fill-words.ts';
import type { Situation } from './situation.ts';
import type { Sources } from './sources.ts';
import { statedComponents, statedPhase } from './stated.ts';
import type { StatedComponent } from './timeline.ts';
import type { When } from './times.ts';
import { isToldLater, overAgain, toldLaterRefusals } from './told-later.ts';
import type { TextFields } from './write-texts.ts';

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
  refusals: FieldRefusal[];
}

/**
 * Works out an update from its input, the same for publishing and for the preview: the phase, what is affected and how badly,
 * its times, the promise, then the words that say so, and what the lint finds in them. Pure; all times UTC.
 */
export function composeUpdate(
  sources: Sources,
  situation: Situation,
  given: PostUpdateInput,
  when: When,
): Composition {
  const { settings, templates } = sources;
  const input = withNewEnd(given);
  const { phase, occasion, refusals } = statedPhase(situation, input);

  const isLater = isToldLater(situation, phase);
  // What an outage was that is over: said as if it were not.
  const stated = statedComponents(sources, situation, isLater ? null : phase, input);
  const { set, preselected, impact } = stated;

  const noticeHours = settings.maintenance_notice_hours;
  const { window, refusals: wrongWindow } = windowAfter({ situation, phase, input, when, noticeHours });
  const promise = promiseBy(
    { ...situation, scheduledUntil: window.scheduledUntil },
    phase,
    input,
    when,
    settings,
  );
  const { nextUpdateBy } = promise;

  const latest = { ...situation.carried, ...(situation.latest ?? situation.next)?.texts };
  const said = { input, phase, occasion, affected: new Set(set.keys()), window, nextUpdateBy };
  const words = fillWords(sources, situation, said, when, latest);

  const used = Object.values(templates)[0];
  return {
    phase,
    occasion,
    texts: words.texts,
    values: words.values,
    template: used ? { id: used.id, version: used.version } : null,
    isFreeText: words.isFreeText,
    components: isLater ? overAgain(set) : [...set].map(([id, status]) => ({ id, status })),
    preselected,
    impact,
    window,
    nextUpdateBy: phase && isFinal(phase) ? null : nextUpdateBy,
    promiseMinutes: promise.minutes,
    fixedAt: worksAgain(phase)
      ? (instantOf(input.slots?.fixed_at) ?? situation.fixedAt ?? when.displayAt)
      : null,
    findings: withoutKnown(lintTexts(words.texts, lintQuestion(settings, phase, situation.labels)), latest),
    refusals: [
      ...refusals,
      ...stated.refusals,
      ...wrongWindow,
      ...endRefusals(isLater, window.startedAt, input, when),
      ...promise.refusals,
      ...words.refusals,
    ],
  };
}

/** An extension that only names its new end fills the slot of that name with it. */
function withNewEnd(input: PostUpdateInput): PostUpdateInput {
  const { occasion, scheduledUntil, slots } = input;
  if (occasion !== 'extended' || !scheduledUntil || slots?.new_end !== undefined) return input;
  return { ...input, slots: { ...slots, new_end: scheduledUntil } };
}

/** When an outage that is told when it is over ended; of any other there is no end to say. */
function endRefusals(
  isLater: boolean,
  startedAt: Date,
  { endedAt }: PostUpdateInput,
  when: When,
): FieldRefusal[] {
  if (isLater) return toldLaterRefusals(startedAt, endedAt ? new Date(endedAt) : null, when.publishedAt);
  return endedAt ? [{ path: 'endedAt', key: 'not_over' }] : [];
}

/** The next update that it promises, as its author says or by the clock, and with which minutes. */
function promiseBy(
  situation: Situation,
  phase: Phase | null,
  input: PostUpdateInput,
  when: When,
  settings: Settings,
): { nextUpdateBy: Date | null; minutes: number | null; refusals: FieldRefusal[] } {
  const promising = { ...situation, phase: phase ?? 'investigating' };
  const said = input.nextUpdateBy ? new Date(input.nextUpdateBy) : null;
  const nextUpdateBy = said ?? promiseFrom(promising, when.publishedAt, settings);
  const isPast = said !== null && said <= when.publishedAt;
  return {
    nextUpdateBy,
    minutes:
      isFinal(promising.phase) || nextUpdateBy === null
        ? null
        : (promiseMinutes(promising, settings) ??
          Math.round((nextUpdateBy.getTime() - when.publishedAt.getTime()) / 60_000)),
    refusals: isPast ? [{ path: 'nextUpdateBy', key: 'in_past' }] : [],
  };
}
