import { type Language, languages } from '../../../../db/words.ts';
import { date, timeBothNear } from '../../../i18n/time.ts';
import { startOfDay } from '../../core/calendar.ts';
import type { FieldRefusal } from '../../core/errors.ts';
import { findLeftover } from '../../core/leftover.ts';
import { day, directionMarks, instant } from '../../core/parse.ts';
import { isExplanation } from '../../core/reason.ts';
import { type Bounds, type Measured, minutes, percentage } from './measured.ts';
import type { Phrase } from './read-phrases.ts';
import { type Slot, type SlotType, slots } from './slots.ts';

type Texts = Partial<Record<Language, string>>;
/** What somebody chose or typed. */
type Given = string | Texts;

interface Around {
  zone: string;
  /** When the update is true, and when it is told: the days that its readers take for granted. */
  at: Date;
  toldAt: Date;
  phrases: readonly Phrase[];
  isGiven: (slot: Slot) => boolean;
}

interface Filled {
  /** Plain text; a phrase may bring the words of another slot. */
  texts: Partial<Record<Slot, Texts>>;
  refusals: FieldRefusal[];
}

interface Example {
  phrases: readonly Phrase[];
  isPlanned: boolean;
  later: (minutes: number) => Date;
}

interface Rule {
  /** How the desk asks for it; null where the product fills it. */
  field:
    | { as: 'choice' | 'texts' | 'moment' | 'day' }
    | ({ as: 'number'; step: 'any' | '1' } & Bounds)
    | null;
  fill: (slot: Slot, given: Given, around: Around) => Filled;
  /** A value for the preview of a template, where the slot has none of its own. */
  example: (slot: Slot, example: Example) => string | undefined;
}

const percentages: Bounds = { min: 0, max: 100 };
/** In minutes, to a leap year. */
const durations: Bounds = { min: 1, max: 366 * 1_440 };

/** Everything about a type of slot but its name, which stands in `i18n/en/template-editor.ts`. */
const slotTypes = {
  phrase: {
    field: { as: 'choice' },
    fill: (slot, given, around) =>
      typeof given === 'string' ? chosen(slot, given, around) : typed(slot, given),
    example: (slot, { phrases, isPlanned }) => {
      if (slot === 'effect') return effectOf(phrases, isPlanned)?.key;
      // The first action is to look for the cause, which reads oddly once it is found.
      const [first, second] = phrases.filter((one) => one.slot === slot);
      return (slot === 'action' ? (second ?? first) : first)?.key;
    },
  },
  short: { field: { as: 'texts' }, fill: typedAlone, example: () => undefined },
  text: { field: { as: 'texts' }, fill: typedAlone, example: () => undefined },
  number: {
    field: { as: 'number', step: 'any', ...percentages },
    fill: (slot, given) => counted(slot, percentage(given, percentages)),
    example: () => '12.5',
  },
  duration: {
    field: { as: 'number', step: '1', ...durations },
    fill: (slot, given) => counted(slot, minutes(given, durations)),
    example: () => '45',
  },
  time: {
    field: { as: 'moment' },
    fill: (slot, given, { at, toldAt, zone }) =>
      told(slot, instantOf(given), (moment, language) => timeBothNear(moment, [at, toldAt], zone, language)),
    example: (slot, { later }) => later(slot === 'fixed_at' ? -5 : 90).toISOString(),
  },
  date: {
    field: { as: 'day' },
    fill: (slot, given, { zone }) => {
      const isDay = day().safeParse(given).success;
      const moment = isDay ? startOfDay(String(given), zone) : instantOf(given);
      return told(slot, moment, (at, language) => date(at, zone, language));
    },
    example: (_slot, { later }) =>
      later(14 * 1_440)
        .toISOString()
        .slice(0, 10),
  },
  automatic: {
    field: null,
    fill: (slot) => refused(slot, { key: 'unknown_slot' }),
    example: () => undefined,
  },
} satisfies Record<SlotType, Rule>;

/** How a slot is asked, filled and shown as an example. */
export const ruleOf = (slot: Slot): Rule => slotTypes[slots[slot].type];

/** The prepared effect that an example takes. */
export const effectOf = (phrases: readonly Phrase[], isPlanned: boolean): Phrase | undefined =>
  phrases.find(({ slot, level }) => slot === 'effect' && (level === 'under_maintenance') === isPlanned);

/** The moment of a time slot; null for anything that is none. */
export const instantOf = (value: unknown): Date | null =>
  instant().safeParse(value).success ? new Date(String(value)) : null;

const refused = (slot: Slot, refusal: Omit<FieldRefusal, 'path'>): Filled => ({
  texts: {},
  refusals: [{ path: `slots.${slot}`, ...refusal }],
});

const inBoth = (text: (language: Language) => string): Texts =>
  Object.fromEntries(languages.map((language) => [language, text(language)]));

function told(slot: Slot, at: Date | null, write: (at: Date, language: Language) => string): Filled {
  if (at === null) return refused(slot, { key: 'wrong_time' });
  return { texts: { [slot]: inBoth((language) => write(at, language)) }, refusals: [] };
}

const counted = (slot: Slot, found: Measured): Filled =>
  'refusal' in found ? refused(slot, found.refusal) : { texts: { [slot]: found.text }, refusals: [] };

function chosen(slot: Slot, key: string, { phrases, isGiven }: Around): Filled {
  const phrase = phrases.find((one) => one.slot === slot && one.key === key);
  if (!phrase) return refused(slot, { key: 'unknown_phrase' });
  const advice = slot === 'effect' && !isGiven('workaround') ? { workaround: phrase.workaround } : {};
  const refusals = slot === 'explanation' ? refusalsOf(slot, phrase.text) : [];
  return { texts: { [slot]: phrase.text, ...advice }, refusals };
}

const typed = (slot: Slot, given: Texts): Filled => ({
  texts: { [slot]: given },
  refusals: refusalsOf(slot, given),
});

function typedAlone(slot: Slot, given: Given): Filled {
  return typeof given === 'string'
    ? refused(slot, { key: 'wrong_type', params: { type: '{en, de}' } })
    : typed(slot, given);
}

function refusalsOf(slot: Slot, given: Texts): FieldRefusal[] {
  return languages.flatMap((language): FieldRefusal[] => {
    const text = given[language]?.trim() ?? '';
    const path = `slots.${slot}.${language}`;
    const leftover = findLeftover(text);
    if (leftover) return [{ path, key: 'leftover', params: { line: leftover.line, text: leftover.text } }];
    if (directionMarks.test(text)) return [{ path, key: 'direction_marks' }];
    const { limit } = slots[slot];
    if (limit !== undefined && /[\r\n\u2028\u2029]/.test(text)) return [{ path, key: 'line_break' }];
    if (limit !== undefined && text.length > limit)
      return [{ path, key: 'too_long', params: { max: limit } }];
    if (slot === 'explanation' && text !== '' && !isExplanation(text))
      return [{ path, key: 'explanation_short' }];
    return [];
  });
}
