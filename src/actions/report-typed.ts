/** What the editor of a report says of itself while it holds typed words: what of them is saved, and what is missing as typed. */
import { type Language, languages, milestones, reportSections } from '../../db/words.ts';
import { dayOf } from '../domain/core/calendar.ts';
import type { Context } from '../domain/core/context.ts';
import type { FieldRefusal } from '../domain/core/errors.ts';
import type { ReportContent } from '../domain/reports/digest.ts';
import type { Editor } from '../domain/reports/read-editor.ts';
import { missingFrom } from '../domain/reports/reviews/completeness.ts';
import { type FormState, type FormValues, toInput } from './form.ts';
import { entriesOf, recordOf, suppliersOf } from './report-entries.ts';
import { withUnticked } from './unticked.ts';

type Input = Record<string, unknown>;
type Words = Partial<Record<Language, string>>;

/** Moments that the form changed; one that was emptied is cleared. */
export function changedMoments(typed: Input, taken: Input, values: FormValues): Input {
  return Object.fromEntries(
    milestones.flatMap((name): [string, unknown][] => {
      const was = values[`milestones.${name}:was`]?.at(-1);
      const field = values[`milestones.${name}:local`]?.at(-1);
      if (taken[name] !== undefined) return [[name, taken[name]]];
      if (field === undefined) return [];
      if (field === '') return was === undefined ? [] : [[name, name === 'started' ? '' : null]];
      return typed[name] === was ? [] : [[name, typed[name]]];
    }),
  );
}

const pairs = ['title', 'change', 'ownerFunction', 'authorFunction'] as const;

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** The stored words of a pair, by its name in the form. */
const storedPair = ({ report }: Editor, name: (typeof pairs)[number]): Record<Language, string> =>
  report[name];

/** What was typed for a pair or a section's text; what the form did not have stays as it is stored. */
function typedWords(given: unknown, stored: Words, inner?: string): Words {
  const words: Words = {};
  for (const language of languages) {
    const value = recordOf(given)[language];
    const said = inner === undefined ? value : recordOf(value)[inner];
    const text = said === undefined ? (stored[language] ?? '') : textOf(said);
    if (text.trim()) words[language] = text.trim();
  }
  return words;
}

const storedText = (editor: Editor, section: string, part: 'text' | 'internalText'): Words =>
  Object.fromEntries(
    editor.texts.filter((one) => one.section === section).map((one) => [one.language, one[part]]),
  );

const isSame = (a: Words, b: Words): boolean =>
  languages.every((language) => (a[language] ?? '').trim() === (b[language] ?? '').trim());

/** The places whose typed words differ from what is stored, in the order of the editor; none when everything is saved. */
export function unsavedPlaces(editor: Editor, form: FormState | null, zone: string): string[] {
  if (!form) return [];
  const input = withUnticked(toInput(form.values, zone));
  const { report } = editor;
  const paths: string[] = [];
  for (const name of pairs) {
    const stored = storedPair(editor, name);
    if (!isSame(typedWords(input[name], stored), stored)) paths.push(name);
  }
  const single = {
    owner: report.ownerId,
    author: report.authorId,
    authorReason: report.authorReason,
    audience: report.audience,
    analysisSource: report.analysisSource,
    isPreliminary: report.isPreliminary,
  };
  for (const [name, stored] of Object.entries(single))
    if (input[name] !== undefined && input[name] !== stored) paths.push(name);
  for (const section of reportSections) {
    const given = recordOf(input.sections)[section];
    const [text, internal] = [
      storedText(editor, section, 'text'),
      storedText(editor, section, 'internalText'),
    ];
    const isSaved =
      isSame(typedWords(given, text, 'text'), text) &&
      isSame(typedWords(given, internal, 'internal'), internal);
    if (!isSaved) paths.push(`sections.${section}`);
  }
  const moments = changedMoments(recordOf(input.milestones), recordOf(input.take), form.values);
  paths.push(...Object.keys(moments).map((name) => `milestones.${name}`));
  if (!areEntriesSaved(editor, input.entries)) paths.push('entries');
  if (suppliersOf(input.suppliers).length > 0) paths.push('suppliers');
  return paths;
}

function areEntriesSaved({ entries }: Editor, given: unknown): boolean {
  const typed = entriesOf(given, entries);
  if (!typed) return true;
  const rows = typed.entries.map(({ at, text, source, isPublic }) => {
    const words = recordOf(text);
    return [at, ...languages.map((language) => words[language]), source ?? null, isPublic];
  });
  const stored = entries.map(({ at, text, sourceId, isPublic }) => [
    at.toISOString(),
    ...languages.map((language) => text[language]),
    sourceId,
    isPublic,
  ]);
  const shape = (all: unknown[][]): string => JSON.stringify(all.map((row) => JSON.stringify(row)).sort());
  return shape(rows) === shape(stored);
}

/** What is missing before the report can be submitted, as it is typed; as it is stored where nothing was typed. */
export function missingAsTyped(
  editor: Editor,
  form: FormState | null,
  { now, offered }: Pick<Context, 'now' | 'offered'>,
): FieldRefusal[] {
  if (!form) return editor.missing;
  const { report, content, settings, people, published } = editor;
  const input = withUnticked(toInput(form.values, settings.time_zone));
  const pair = (name: (typeof pairs)[number]): Words => typedWords(input[name], storedPair(editor, name));
  const texts: ReportContent['texts'] = {};
  for (const section of reportSections) {
    const stored = storedText(editor, section, 'text');
    texts[section] = typedWords(recordOf(input.sections)[section], stored, 'text');
  }
  const moments = { ...content.milestones };
  const changed = changedMoments(recordOf(input.milestones), recordOf(input.take), form.values);
  for (const name of milestones) {
    if (!(name in changed)) continue;
    const at = new Date(String(changed[name]));
    if (Number.isNaN(at.getTime())) delete moments[name];
    else moments[name] = at.toISOString();
  }
  const named = (value: unknown, stored: string | null): string | null =>
    value === undefined ? stored : typeof value === 'string' ? value : null;
  const authorId = named(input.author, report.authorId);
  const authorReason = named(input.authorReason, report.authorReason) ?? '';
  const { audience } = input;
  const header = {
    ...content.header,
    owner: pair('ownerFunction'),
    author: pair('authorFunction'),
    audience:
      audience === 'internal' || audience === 'customers' || audience === 'public'
        ? audience
        : report.audience,
  };
  return missingFrom(
    { ...editor, report: { ...report, authorId, authorReason } },
    { ...content, title: pair('title'), texts, milestones: moments, header, change: pair('change') },
    {
      offered,
      isNextVersion: published !== null,
      authorRoles: people.find(({ id }) => id === authorId)?.roles ?? [],
      today: dayOf(now, settings.time_zone),
    },
  );
}
