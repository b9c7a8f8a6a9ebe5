import { inEachLanguage } from '../../../../db/localised.ts';
import { type Language, languages } from '../../../../db/words.ts';
import { duration, timeBothNear, timeWindow } from '../../../i18n/time.ts';
import type { FieldRefusal } from '../../core/errors.ts';
import type { SlotValues } from '../../wording/templates/fill.ts';
import type { Phrase } from '../../wording/templates/read-phrases.ts';
import { ruleOf } from '../../wording/templates/slot-types.ts';
import { isSlot, type Slot } from '../../wording/templates/slots.ts';
import type { SlotInput } from '../incident-input.ts';

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
  refusals: FieldRefusal[];
}

/** Turns what people chose and what the product knows into plain text per slot and language. */
export function slotValues(given: SlotInput, phrases: readonly Phrase[], facts: KnownFacts): ResolvedSlots {
  const values = inEachLanguage((language) => knownValues(facts, language));
  const refusals: FieldRefusal[] = [];
  const set = (slot: Slot, language: Language, text: string): void => {
    if (text.trim() === '') delete values[language][slot];
    else values[language][slot] = text.trim();
  };

  const around = { ...facts, phrases, isGiven: (slot: Slot) => given[slot] !== undefined };
  for (const [slot, value] of Object.entries(given)) {
    if (!isSlot(slot) || value === undefined) continue;
    const filled = ruleOf(slot).fill(slot, value, around);
    refusals.push(...filled.refusals);
    for (const [name, texts] of Object.entries(filled.texts))
      for (const language of languages) if (isSlot(name)) set(name, language, texts[language] ?? '');
  }
  return { values, refusals };
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
