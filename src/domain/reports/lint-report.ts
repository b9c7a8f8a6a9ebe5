/** The lint of incident updates over a report's texts, and which of it keeps the report from review. */
import { type Language, languages, reportSections } from '../../../db/words.ts';
import type { FieldProblem } from '../errors.ts';
import { lintQuestion } from '../lint/lint-question.ts';
import { type Finding, lintTexts } from '../lint/lint-texts.ts';
import type { Settings } from '../settings/settings.ts';
import type { ReportContent } from './digest.ts';

export interface ReportFinding extends Omit<Finding, 'field'> {
  /** `title`, `sections.why`, `entries.3`, `remediation.0`, `change` */
  path: string;
}

/** Everything in a report that readers see, and what the lint found in it. */
export function lintOfReport(content: ReportContent, settings: Settings): ReportFinding[] {
  const question = lintQuestion(settings, 'resolved');
  const places: [path: string, text: Partial<Record<Language, string>>][] = [
    ['title', content.title],
    ...reportSections.map((name): (typeof places)[number] => [`sections.${name}`, content.texts[name] ?? {}]),
    ...content.entries.map(({ text }, at): (typeof places)[number] => [`entries.${at}`, text]),
    ...content.remediation.map(({ action }, at): (typeof places)[number] => [`remediation.${at}`, action]),
    ['change', content.change],
  ];
  return places.flatMap(([path, text]) => {
    const texts = Object.fromEntries(languages.map((language) => [language, { body: text[language] ?? '' }]));
    return lintTexts(texts, question).map(({ field: _field, ...finding }) => ({ ...finding, path }));
  });
}

export const blockedSections = (findings: readonly ReportFinding[]): FieldProblem[] =>
  findings
    .filter((finding) => finding.isBlocking)
    .map(({ path, language, found }) => ({
      path: `${path}.${language}`,
      key: 'lint_blocked',
      params: { found },
    }));
