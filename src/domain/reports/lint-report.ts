/** What a second pair of eyes would find in a report's texts, and which of it keeps the report from review. */

import lint from '../../../content/report-lint.json' with { type: 'json' };
import { type Language, languages, reportSections } from '../../../db/words.ts';
import { dayOf } from '../core/calendar.ts';
import type { FieldRefusal } from '../core/errors.ts';
import type { Settings } from '../core/settings/settings.ts';
import { blameIn, namesPattern, peopleIn } from '../wording/lint/blame-lint.ts';
import { lintQuestion } from '../wording/lint/lint-question.ts';
import { type Finding, lintTexts } from '../wording/lint/lint-texts.ts';
import { type FoundWords, promisesIn } from '../wording/lint/promise-lint.ts';
import { type Sentences, sentenceOf } from '../wording/lint/rule-words.ts';
import type { ReportContent } from './digest.ts';

export interface ReportFinding extends Omit<Finding, 'field'> {
  /** `title`, `sections.why`, `entries.3` (of the public ones), `remediation.0`, `change` */
  path: string;
  /** The sentence it stands in; empty where the words say enough. */
  context: string;
  /** What of the sentence is meant. */
  words: string[];
}

type Place = [path: string, text: Partial<Record<Language, string>>];

/** Everything in a report that readers see. What a supplier owes is said once for both languages. */
const placesOf = (content: ReportContent): Place[] => [
  ['title', content.title],
  ['ownerFunction', content.header.owner],
  ['authorFunction', content.header.author],
  ...reportSections.map((name): Place => [`sections.${name}`, content.texts[name] ?? {}]),
  ...content.entries.map(({ text }, at): Place => [`entries.${at}`, text]),
  ...content.suppliers.map(
    ({ supplier, outstanding }, at): Place => [`suppliers.${at}`, { en: `${supplier}. ${outstanding}` }],
  ),
  ...content.remediation.flatMap(({ action, owner }, at): Place[] => [
    [`remediation.${at}`, action],
    [`remediation.${at}`, owner],
  ]),
  ['change', content.change],
];

/** The lint of incident updates over the whole report: what is not for readers, which blocks, and its hints. */
export function lintOfReport(content: ReportContent, settings: Settings): ReportFinding[] {
  const lint = lintQuestion(settings, 'resolved');
  // A supplier who owes an analysis is named in the report.
  const suppliers = content.suppliers.map(({ supplier }) => supplier);
  const question = { ...lint, publicNames: [...lint.publicNames, ...suppliers] };
  return placesOf(content).flatMap(([path, text]) => {
    const texts = Object.fromEntries(languages.map((language) => [language, { body: text[language] ?? '' }]));
    return lintTexts(texts, question).map(({ field: _field, ...finding }) => ({
      ...finding,
      path,
      context: '',
      words: [finding.found],
    }));
  });
}

/**
 * All findings, those that block first: the lint of updates, promises, blame and people. `people` are the
 * names of everybody who has or had an account.
 */
export function findingsOf(
  content: ReportContent,
  settings: Settings,
  { people, now }: { people: readonly string[]; now: Date },
): ReportFinding[] {
  const today = dayOf(now, settings.time_zone);
  const names = namesPattern(people, [...settings.public_names, settings.organisation_name]);
  const own = placesOf(content).flatMap(([path, text]) =>
    languages.flatMap((language) => {
      const words = text[language] ?? '';
      const found = (rule: { rule: string } & Sentences, all: FoundWords[]): ReportFinding[] =>
        all.map((one) => ({
          ...one,
          rule: rule.rule,
          isBlocking: false,
          language,
          path,
          found: one.words.join(', '),
          sentence: sentenceOf(rule),
        }));
      return [
        // A promised action has its owner and date already.
        ...(path.startsWith('remediation.') ? [] : found(lint.promise, promisesIn(words, language, today))),
        ...found(lint.person, peopleIn(words, names)),
        ...found(lint.blame, blameIn(words, language)),
      ];
    }),
  );
  const general = lintOfReport(content, settings).filter(
    (finding) => !own.some((one) => isSame(one, finding)),
  );
  const order = ['promise', 'person', 'blame'];
  return [
    ...general.filter(({ isBlocking }) => isBlocking),
    ...order.flatMap((rule) => own.filter((finding) => finding.rule === rule)),
    ...general.filter(({ isBlocking }) => !isBlocking),
  ];
}

/** Both lints know words of blame; in one sentence once is enough. */
const isSame = (own: ReportFinding, general: ReportFinding): boolean =>
  own.rule === general.rule &&
  own.path === general.path &&
  own.language === general.language &&
  own.context.includes(general.found);

export const blockedSections = (findings: readonly ReportFinding[]): FieldRefusal[] =>
  findings
    .filter((finding) => finding.isBlocking)
    .map(({ path, language, found }) => ({
      path: `${path}.${language}`,
      key: 'lint_blocked',
      params: { found },
    }));
