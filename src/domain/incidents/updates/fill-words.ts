/** The words of an update: from a template and its slots, as its author typed them, or both. Pure. */
import { inEachLanguage } from '../../../../db/localised.ts';
import type { Language, Occasion, Phase } from '../../../../db/words.ts';
import type { FieldRefusal } from '../../core/errors.ts';
import type { SlotValues } from '../../wording/templates/fill.ts';
import { phraseFits } from '../../wording/templates/phrase-fits.ts';
import type { Phrase } from '../../wording/templates/read-phrases.ts';
import type { PostUpdateInput } from '../incident-input.ts';
import type { MaintenanceWindow } from '../maintenance/window.ts';
import { isFinal, worksAgain } from '../phase.ts';
import type { Situation } from './situation.ts';
import { slotValues } from './slot-values.ts';
import type { Sources } from './sources.ts';
import type { Update } from './timeline.ts';
import type { When } from './times.ts';
import { type TextFields, writeTexts } from './write-texts.ts';

interface Said {
  input: PostUpdateInput;
  phase: Phase | null;
  occasion: Occasion | null;
  /** Ids of what it names as affected. */
  affected: ReadonlySet<string>;
  window: MaintenanceWindow;
  nextUpdateBy: Date | null;
}

interface Words {
  texts: Partial<Record<Language, TextFields>>;
  /** Slot values per language, for a preview that shows where they stand. */
  values: Record<Language, SlotValues>;
  isFreeText: boolean;
  refusals: FieldRefusal[];
}

/** Fills the slots with what is known and what was chosen, and the templates with them; `latest` are the words before. */
export function fillWords(
  sources: Sources,
  situation: Situation,
  { input, phase, occasion, affected, window, nextUpdateBy }: Said,
  when: When,
  latest: Update['texts'],
): Words {
  const { settings, phrases, templates, offered } = sources;
  const named = sources.components.filter((component) => affected.has(component.id));
  const { category } = situation;
  const resolved = slotValues(input.slots ?? {}, phrases, {
    zone: settings.time_zone,
    categoryName: category.name,
    componentNames: inEachLanguage((language) => named.map(({ name }) => name[language])),
    startedAt: window.startedAt,
    at: when.displayAt,
    toldAt: when.publishedAt,
    fixedAt: situation.fixedAt ?? when.displayAt,
    endedAt:
      situation.latest && isFinal(situation.latest.phase) ? situation.latest.displayAt : when.displayAt,
    nextUpdateBy,
    scheduledFor: window.scheduledFor,
    scheduledUntil: window.scheduledUntil,
    present: worksAgain(phase) ? asWorking(latest) : latest,
  });
  const written = writeTexts({ input, offered, templates, values: resolved.values, latest, phase });
  const unfit = unfitPhrases(input.slots ?? {}, phrases, { occasion, phase });
  return {
    ...written,
    values: resolved.values,
    refusals: [...resolved.refusals, ...unfit, ...written.refusals],
  };
}

/** What the desk does not offer, because it contradicts the rest of the update. */
function unfitPhrases(
  given: NonNullable<PostUpdateInput['slots']>,
  phrases: readonly Phrase[],
  { occasion, phase }: { occasion: Occasion | null; phase: Phase | null },
): FieldRefusal[] {
  if (occasion === null) return [];
  const chosen = phrases.filter(({ slot, key }) =>
    Object.entries(given).some(([s, k]) => s === slot && k === key),
  );
  return chosen
    .filter((phrase) => !phraseFits(phrase, { occasion, phase }))
    .map(({ slot }) => ({ path: `slots.${slot}`, key: 'unfit_phrase' }));
}

/** In monitoring things work again: neither effect nor advice of the time of trouble fills its slot. */
const asWorking = (texts: Update['texts']) =>
  Object.fromEntries(
    Object.entries(texts).map(([language, text]) => [language, { ...text, effect: '', workaround: '' }]),
  );
