import { and, asc, eq, isNull } from 'drizzle-orm';
import { inEachLanguage, type Localised } from '../../../db/localised.ts';
import { type Language, languages, type Occasion } from '../../../db/words.ts';
import { wordsIn } from '../../i18n/words.ts';
import type { Category } from '../catalogue/categories/read-categories.ts';
import type { Context } from '../core/context.ts';
import { isDomainError } from '../core/errors.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import { phaseOfOccasion } from '../incidents/phase.ts';
import { slotValues } from '../incidents/updates/slot-values.ts';
import { lintQuestion } from '../wording/lint/lint-question.ts';
import { type Finding, lintTexts } from '../wording/lint/lint-texts.ts';
import { escapeMarkdown, fill, type SlotValues } from '../wording/templates/fill.ts';
import { occasionTable } from '../wording/templates/occasions.ts';
import { readPhrases } from '../wording/templates/read-phrases.ts';
import { effectOf, ruleOf } from '../wording/templates/slot-types.ts';
import { fillableSlots, type Slot } from '../wording/templates/slots.ts';
import type { Wording } from '../wording/templates/template-refusals.ts';

export interface TemplatePreview {
  /** A value for every slot that the occasion offers, as an update made now could have it. */
  values: Record<Language, SlotValues>;
  texts: Partial<Record<Language, { title: string; html: string; workaround: string }>>;
  /** What the lint says of the texts as they would be read (G-18). */
  findings: Finding[];
}

/**
 * A template filled with an example, for its author: real names, times and phrases of this page, whatever the wording says.
 * Nothing is written. Five queries.
 */
export async function previewTemplate(
  context: Context,
  question: { category: Category | null; occasion: Occasion; wordings: Partial<Record<Language, Wording>> },
): Promise<TemplatePreview> {
  const { category, occasion, wordings } = question;
  const { store, now } = context;
  const settings = await readSettings(store);
  const shown = await exampleCategory(context, category);
  const names = await componentNames(context, shown?.id ?? '');
  const phrases = await readPhrases(store, shown?.id ?? '');
  const isPlanned = occasionTable[occasion].slots.includes('window');
  const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
  const given = fillableSlots
    .filter((slot) => occasionTable[occasion].slots.includes(slot))
    .map(
      (slot) =>
        [slot, typedExample(slot) ?? ruleOf(slot).example(slot, { phrases, isPlanned, later })] as const,
    );
  const { values } = slotValues(
    Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    phrases,
    {
      zone: settings.time_zone,
      categoryName: shown?.name ?? inEachLanguage(() => 'API'),
      componentNames: names,
      startedAt: later(-41),
      at: now,
      toldAt: now,
      fixedAt: now,
      endedAt: now,
      nextUpdateBy: later(30),
      scheduledFor: isPlanned ? later(-41) : null,
      scheduledUntil: isPlanned ? later(90) : null,
      present: {},
    },
  );
  const present = languages.flatMap((language) => {
    const wording = wordings[language];
    return wording && wording.body.trim() !== '' ? [{ language, wording }] : [];
  });
  const html: Partial<Record<Language, string>> = {};
  for (const { language, wording } of present) {
    const source = fill(wording.body, values[language], escapeMarkdown).text;
    try {
      [html[language]] = await context.renderTexts([{ source, format: 'markdown' }]);
    } catch (error) {
      // Saving says what is wrong with it, at its field.
      if (!isDomainError(error) || error.code !== 'invalid') throw error;
    }
  }
  const shownTexts = present.filter(({ language }) => html[language] !== undefined);
  const texts = shownTexts.map(({ language, wording }) => {
    const plain = (text: string): string => fill(text, values[language]).text;
    // An update without a title of its own keeps the incident's, which an effect gave it.
    const title =
      plain(wording.title) || (values[language].effect ?? effectOf(phrases, isPlanned)?.text[language] ?? '');
    return [language, { title, html: html[language] ?? '', workaround: plain(wording.workaround) }] as const;
  });
  const read = present.map(({ language, wording }) => {
    const plain = (text: string): string => fill(text, values[language]).text;
    const { title, body, workaround } = wording;
    return [language, { title: plain(title), body: plain(body), workaround: plain(workaround) }];
  });
  const findings = lintTexts(
    Object.fromEntries(read),
    lintQuestion(settings, phaseOfOccasion(occasion, null)),
  );
  return { values, texts: Object.fromEntries(texts), findings };
}

/** The base is shown as the first public category would use it. */
async function exampleCategory({ store }: Context, category: Category | null) {
  const { categories } = store.tables;
  const isShown = and(isNull(categories.archivedAt), eq(categories.isRestricted, false));
  const [row] = await store.read
    .select()
    .from(categories)
    .where(category ? eq(categories.id, category.id) : isShown)
    .orderBy(asc(categories.position), asc(categories.id))
    .limit(1);
  return row;
}

async function componentNames({ store }: Context, categoryId: string): Promise<Record<Language, string[]>> {
  const { components } = store.tables;
  const rows = await store.read
    .select({ name: components.name })
    .from(components)
    .where(and(eq(components.categoryId, categoryId), isNull(components.archivedAt)))
    .orderBy(asc(components.position), asc(components.id))
    .limit(2);
  return inEachLanguage((language) =>
    rows.length > 0 ? rows.map(({ name }) => name[language]) : ['Gateway'],
  );
}

/** What somebody could have typed into a slot, in each language; undefined where the slot is not typed. */
function typedExample(slot: Slot): Localised | undefined {
  const exampleIn = (language: Language): string | undefined => {
    const examples: Partial<Record<Slot, string>> = wordsIn[language].templateEditor.examples;
    return examples[slot];
  };
  return exampleIn('en') === undefined ? undefined : inEachLanguage((language) => exampleIn(language) ?? '');
}
