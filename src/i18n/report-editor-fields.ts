/** The fields of the editor by name, and what their values say, for showing two versions side by side. */
import { type Language, languages, reportSections } from '../../db/words.ts';
import { placeName } from './report-places.ts';
import { dateTime } from './time.ts';
import { wordsIn } from './words.ts';

/** Labels by dotted path, in the order of the form. */
export function conflictLabels(language: Language): Record<string, string> {
  const words = wordsIn[language].reportEditor;
  const names = wordsIn[language].terms.language;
  const both = (path: string): [string, string][] =>
    languages.map((code) => [`${path}.${code}`, `${placeName(path, language)}, ${names[code]}`]);
  const one = (path: string): [string, string] => [path, placeName(path, language)];
  const sections = reportSections.flatMap((section) => {
    const name = wordsIn[language].reports.section[section].replace(/\?$/, '');
    return languages.flatMap((code): [string, string][] => [
      [`sections.${section}.${code}.text`, words.textFor(name, names[code])],
      [`sections.${section}.${code}.internal`, words.textInside(name, names[code])],
    ]);
  });
  return Object.fromEntries([
    ...both('title'),
    ...['owner', 'author', 'authorReason'].map(one),
    ...both('ownerFunction'),
    ...both('authorFunction'),
    ...['audience', 'analysisSource', 'isPreliminary'].map(one),
    ...both('change'),
    ...sections,
    ['entries', words.timeline],
  ]);
}

/** The value of such a field in words; a timeline as one line an entry. */
export function sayField(
  value: unknown,
  {
    zone,
    language,
    nameOfPerson,
  }: { zone: string; language: Language; nameOfPerson: (id: string) => string },
): string {
  if (Array.isArray(value)) {
    return value
      .map((entry) => sayEntry(entry, zone, language))
      .sort()
      .join('\n');
  }
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? '✓' : '';
  const text = String(value).trim();
  const words: Record<string, string> = {
    ...wordsIn[language].reports.audience,
    ...wordsIn[language].reportEditor.source,
  };
  return words[text] ?? nameOfPerson(text);
}

function sayEntry(entry: unknown, zone: string, language: Language): string {
  const { at, text, isPublic } = entry as {
    at?: string;
    text?: Partial<Record<Language, string>>;
    isPublic?: boolean;
  };
  const words = wordsIn[language].reportEditor;
  const moment = at && !Number.isNaN(Date.parse(at)) ? new Date(at) : null;
  const when = moment ? dateTime(moment, zone, language) : '';
  const said = languages.map((code) => text?.[code]?.trim()).filter(Boolean);
  return `${when}: ${said.join(' / ')} (${isPublic ? words.publicMark : words.insideMark})`;
}
