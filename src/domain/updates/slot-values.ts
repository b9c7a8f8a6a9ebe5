import type { Language } from '../../../db/words.ts';
import { date, duration, timeBothNear, timeWindow } from '../../i18n/time.ts';
import { startOfDay } from '../core/calendar.ts';
import type { FieldProblem } from '../core/errors.ts';
import { day, directionMarks, instant } from '../core/parse.ts';
import type { SlotInput } from '../incidents/incident-input.ts';
import { isExplanation } from '../reason.ts';
import { findLeftover, type SlotValues } from '../templates/fill.ts';
import { measured } from '../templates/measured.ts';
import type { Phrase } from '../templates/read-phrases.ts';
import { isSlot, lineLimits, type Slot, slots } from '../templates/slots.ts';

/** What the product itself knows about the incident that a text is written for. */
export interface KnownFacts {
  zone: string;
  categoryName: Record<Language, string>;
  componentNames: Record<Language, string[]>;
  startedAt: Date;
  /** When the update is true; "now" for its readers. */
  at: Date;
  /** When it is published: the day that its readers take for granted, beside the one that it is dated on. */
  toldAt: Date;
  /** Since when it works again, unless the author says another moment. */
  fixedAt: Date;
  /** When service was normal: now when resolving, the earlier end when reopening. */
  endedAt: Date;
  nextUpdateBy: Date | null;
  scheduledFor: Date | null;
  scheduledUntil: Date | null;
  /** The effect and workaround that stand on the page already. */
  present: Partial<Record<Language, { effect: string; workaround: string }>>;
}

export interface ResolvedSlots {
  values: Record<Language, SlotValues>;
  problems: FieldProblem[];
}

/** Turns what people chose and what the product knows into plain text per slot and language. */
export function slotValues(given: SlotInput, phrases: readonly Phrase[], facts: KnownFacts): ResolvedSlots {
  const values = { en: knownValues(facts, 'en'), de: knownValues(facts, 'de') };
  const problems: FieldProblem[] = [];
  const set = (slot: Slot, language: Language, text: string): void => {
    if (text.trim() === '') delete values[language][slot];
    else values[language][slot] = text.trim();
  };

  for (const [slot, value] of Object.entries(given)) {
    if (!isSlot(slot) || value === undefined) continue;
    const path = `slots.${slot}`;
    const type = slots[slot];
    if (type === 'automatic') problems.push({ path, key: 'unknown_slot' });
    else if (type === 'time' || type === 'date') {
      const at =
        type === 'date' && day().safeParse(value).success
          ? startOfDay(String(value), facts.zone)
          : instantOf(value);
      if (at === null) problems.push({ path, key: 'wrong_time' });
      else
        for (const language of languagesOf)
          set(
            slot,
            language,
            type === 'date'
              ? date(at, facts.zone, language)
              : timeBothNear(at, [facts.at, facts.toldAt], facts.zone, language),
          );
    } else if (type === 'number' || type === 'duration') {
      const found = measured(slot, value);
      if ('problem' in found) problems.push({ path, ...found.problem });
      else for (const language of languagesOf) set(slot, language, found.text[language]);
    } else if (typeof value === 'string') {
      const phrase = type === 'phrase' ? phrases.find((p) => p.slot === slot && p.key === value) : undefined;
      if (type !== 'phrase') problems.push({ path, key: 'wrong_type', params: { type: '{en, de}' } });
      else if (!phrase) problems.push({ path, key: 'unknown_phrase' });
      else {
        for (const language of languagesOf) {
          set(slot, language, phrase.text[language]);
          if (slot === 'effect' && given.workaround === undefined)
            set('workaround', language, phrase.workaround[language]);
        }
        if (slot === 'explanation') problems.push(...textProblems(slot, phrase.text));
      }
    } else {
      for (const language of languagesOf) set(slot, language, value[language] ?? '');
      problems.push(...textProblems(slot, value));
    }
  }
  return { values, problems };
}

const languagesOf: readonly Language[] = ['en', 'de'];

/** The moment of a time slot; null for anything that is none. */
export const instantOf = (value: unknown): Date | null =>
  instant().safeParse(value).success ? new Date(String(value)) : null;

function textProblems(slot: Slot, value: Partial<Record<Language, string>>): FieldProblem[] {
  return languagesOf.flatMap((language): FieldProblem[] => {
    const text = value[language]?.trim() ?? '';
    const path = `slots.${slot}.${language}`;
    const leftover = findLeftover(text);
    if (leftover) return [{ path, key: 'leftover', params: { line: leftover.line, text: leftover.text } }];
    if (directionMarks.test(text)) return [{ path, key: 'direction_marks' }];
    const limit = lineLimits[slot];
    if (limit !== undefined && /[\r\n\u2028\u2029]/.test(text)) return [{ path, key: 'line_break' }];
    if (limit !== undefined && text.length > limit)
      return [{ path, key: 'too_long', params: { max: limit } }];
    if (slot === 'explanation' && text !== '' && !isExplanation(text))
      return [{ path, key: 'explanation_short' }];
    return [];
  });
}

function knownValues(facts: KnownFacts, language: Language): SlotValues {
  const { zone, at, toldAt } = facts;
  const time = (instant: Date): string => timeBothNear(instant, [at, toldAt], zone, language);
  const values: SlotValues = {
    category: facts.categoryName[language],
    components: facts.componentNames[language].join(', '),
    started: time(facts.startedAt),
    ended: time(facts.endedAt),
    fixed_at: time(facts.fixedAt),
    duration: duration(at.getTime() - facts.startedAt.getTime(), language),
  };
  const present = facts.present[language];
  if (present?.effect) values.effect = present.effect;
  if (present?.workaround) values.workaround = present.workaround.replace(/\.$/, '');
  if (facts.nextUpdateBy) values.next_update = time(facts.nextUpdateBy);
  if (facts.scheduledUntil) values.planned_end = time(facts.scheduledUntil);
  if (facts.scheduledFor && facts.scheduledUntil) {
    values.window = timeWindow(facts.scheduledFor, facts.scheduledUntil, zone, language);
  }
  return values;
}
