/** Reads the words that the product ships with; a broken file stops the start with a sentence that names file and line. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { eachLanguage, slug } from '../src/domain/core/fields.ts';
import { requiredLine } from '../src/domain/core/parse.ts';
import type { ShippedPhrase } from '../src/domain/wording/templates/load-phrases.ts';
import type { ShippedTemplate } from '../src/domain/wording/templates/load-shipped.ts';
import { frontMatter } from '../src/domain/wording/templates/read-template-file.ts';
import { splitTemplateFile } from '../src/domain/wording/templates/template-file.ts';
import { wrongSlotOf } from '../src/domain/wording/templates/wrong-slot.ts';
import { refusalText } from '../src/i18n/refusals.ts';
import { contentError, readYaml } from './read-yaml.ts';
import { componentStatuses, languages, occasions, type PhraseSlot } from './words.ts';

const phrase = eachLanguage(requiredLine()).extend({
  key: z.string().regex(/^[a-z0-9_]{1,60}$/),
  workaround: eachLanguage(requiredLine(1_000)).optional(),
});

const categoriesFile = z.array(
  z.strictObject({
    slug: slug(),
    ticket_label: requiredLine(60),
    name: eachLanguage(requiredLine(80)),
    short: eachLanguage(requiredLine(20)),
    subject: eachLanguage(requiredLine(120)),
    plural: eachLanguage(z.boolean()),
    description: eachLanguage(requiredLine(500)),
    restricted: z.boolean().optional(),
    effects: z.array(phrase.extend({ level: z.enum(componentStatuses) })),
  }),
);

const phrasesFile = z.strictObject({
  scope: z.array(phrase),
  action: z.array(phrase),
  cause: z.array(phrase),
  reason: z.array(phrase),
  maintenance: z.array(phrase),
  explanation: z.array(phrase),
});

/** Everything of `content/` that goes into the database, in the shapes of the verbs that take it. */
export function readShippedContent(root: string) {
  const read = (file: string) => ({ file, text: readFileSync(join(root, file), 'utf8'), firstLine: 1 });
  const categories = readYaml(categoriesFile, read('content/categories.yaml'));
  const lists = readYaml(phrasesFile, read('content/phrases.yaml'));
  type Entry = z.infer<typeof phrase> & { level?: ShippedPhrase['level'] };
  const shaped = (slot: PhraseSlot, category: string | null, entries: readonly Entry[]): ShippedPhrase[] =>
    entries.map(({ key, workaround, level = null, ...text }) => ({
      slot,
      category,
      key,
      text,
      workaround,
      level,
    }));
  const maintenance = lists.maintenance.map((entry) => ({ ...entry, level: 'under_maintenance' as const }));
  return {
    categories: categories.map(({ plural, restricted, ticket_label, effects: _effects, ...same }) => ({
      ...same,
      isPlural: plural,
      isRestricted: restricted ?? false,
      ticketLabel: ticket_label,
    })),
    phrases: [
      ...categories.flatMap((category) => shaped('effect', category.slug, category.effects)),
      ...shaped('effect', null, maintenance),
      ...shaped('scope', null, lists.scope),
      ...shaped('action', null, lists.action),
      ...shaped('cause', null, lists.cause),
      ...shaped('reason', null, lists.reason),
      ...shaped('explanation', null, lists.explanation),
    ],
    templates: readdirSync(join(root, templatesFolder))
      .sort()
      .map((name) => readTemplate(root, name)),
  };
}

const templatesFolder = 'content/update-templates/base';

function readTemplate(root: string, name: string): ShippedTemplate {
  const file = `${templatesFolder}/${name}`;
  const [occasionName, languageName, ending, ...more] = name.split('.');
  const occasion = occasions.find((candidate) => candidate === occasionName);
  const language = languages.find((candidate) => candidate === languageName);
  if (!occasion || !language || ending !== 'md' || more.length > 0) {
    throw contentError(file, 1, 'Name a template <occasion>.<language>.md, such as resolved.de.md.');
  }
  const whole = readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n');
  const parts = splitTemplateFile(whole);
  if (!parts) throw contentError(file, 1, refusalText('en', 'template_front'));
  const { front, body } = parts;
  if (body === '') throw contentError(file, whole.split('\n').length, 'The text is missing.');
  const { title, workaround = '' } = readYaml(frontMatter, { file, text: front, firstLine: 2 });
  for (const text of [title, workaround, body]) {
    const wrong = wrongSlotOf(text);
    const at = whole.split('\n').findIndex((row) => wrong !== null && row.includes(wrong));
    if (wrong !== null) throw contentError(file, Math.max(at, 0) + 1, `There is no such slot: ${wrong}`);
  }
  return { occasion, language, title, body, workaround };
}
