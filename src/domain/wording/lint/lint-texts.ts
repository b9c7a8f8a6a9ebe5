/** What in a public text should not be there: some of it blocks publishing, the rest is a hint. The rules are data in `content/lint.json`. */

import content from '../../../../content/lint.json' with { type: 'json' };
import { type Language, languages, type Phase } from '../../../../db/words.ts';
import { internalNamesIn } from './internal-names.ts';
import { patternsOf, type Sentences, sentenceOf } from './rule-words.ts';
import { sentencesOf, wordsOf } from './sentences.ts';

export const lintedFields = ['title', 'body', 'effect', 'workaround', 'notAffected'] as const;
type LintedField = (typeof lintedFields)[number];
export type LintedTexts = Partial<Record<Language, Partial<Record<LintedField, string>>>>;

export interface Finding {
  /** The name of the rule in `content/lint.json`. */
  rule: string;
  isBlocking: boolean;
  language: Language;
  field: LintedField;
  /** The very words, at most 80 characters. */
  found: string;
  /** Why, in one sentence for the author. */
  sentence: Record<Language, string>;
}

export interface LintQuestion {
  phase: Phase | null;
  /** The words that the settings forbid. */
  redactionTerms: readonly string[];
  /** Names and addresses of ours that may be published, whatever their case. */
  publicNames: readonly string[];
  /** Customers that the team knows to be concerned, from the labels of the incident. */
  customers?: readonly string[];
}

interface Found {
  rule: string;
  isBlocking: boolean;
  found: string;
  sentence: Record<Language, string>;
}

/** So many of one kind in a text tell enough; each costs a comparison with every other. */
const most = 20;
const some = (matches: Iterable<RegExpMatchArray>): RegExpMatchArray[] =>
  Iterator.from(matches).take(most).toArray();

const sentences = new Map(content.blocking.map((rule) => [rule.rule, sentenceOf(rule)]));

const customerRule = {
  rule: 'customer_name',
  ...(sentences.get('customer_name') ?? sentenceOf(content.redactionTerm)),
};

const hints = content.hints.map((rule) => ({
  ...rule,
  patterns: patternsOf(rule.patterns, (pattern) => new RegExp(pattern, 'giu')),
}));

/** Findings of all texts in both languages, the blocking ones first; the same words under the same rule once a language. */
export function lintTexts(texts: LintedTexts, question: LintQuestion): Finding[] {
  const findings = languages.flatMap((language) =>
    lintedFields.flatMap((field) =>
      lintText(texts[language]?.[field] ?? '', language, question).map((found) => ({
        ...found,
        language,
        field,
      })),
    ),
  );
  return findings
    .filter(
      (one, at) =>
        findings.findIndex((other) => isSame(one, other)) === at &&
        // "db1.internal.example" as a machine and as a host is one thing to mend.
        !(one.isBlocking && findings.some((other) => other !== one && holds(other, one))),
    )
    .sort((a, b) => Number(b.isBlocking) - Number(a.isBlocking));
}

/** Without what blocks but stands in the text before already: its author gave the reason then. */
export const withoutKnown = (findings: readonly Finding[], before: LintedTexts): Finding[] =>
  findings.filter(
    ({ isBlocking, language, found }) =>
      !isBlocking || !lintedFields.some((field) => asRead(before[language]?.[field] ?? '').includes(found)),
  );

const isSame = (a: Finding, b: Finding): boolean =>
  a.language === b.language && a.rule === b.rule && a.found === b.found;

const holds = (outer: Finding, inner: Finding): boolean =>
  outer.isBlocking &&
  outer.language === inner.language &&
  outer.field === inner.field &&
  outer.found.length > inner.found.length &&
  outer.found.includes(inner.found);

function lintText(text: string, language: Language, question: LintQuestion): Found[] {
  const plain = asRead(text);
  if (plain.trim() === '') return [];
  return [
    ...internalIn(plain, question.publicNames),
    ...termsIn(plain, question.redactionTerms, content.redactionTerm),
    ...termsIn(plain, question.customers ?? [], customerRule),
    ...hintsIn(plain, language, question.phase),
    ...longSentencesIn(plain),
  ].map((found) => ({ ...found, found: shortened(found.found) }));
}

/** Names of our inside; one that may as well be a product, a region or a version is a hint. */
const internalIn = (text: string, publicNames: readonly string[]): Found[] =>
  internalNamesIn(text, publicNames)
    .sort((a, b) => Number(a.isDoubtful) - Number(b.isDoubtful))
    .slice(0, most)
    .map(({ rule, found, isDoubtful }) => ({
      rule: isDoubtful ? content.doubtful.rule : rule,
      isBlocking: !isDoubtful,
      found,
      sentence: isDoubtful
        ? sentenceOf(content.doubtful)
        : (sentences.get(rule) ?? sentenceOf(content.doubtful)),
    }));

function termsIn(text: string, terms: readonly string[], rule: { rule: string } & Sentences): Found[] {
  return terms.flatMap((term) => {
    const literal = asRead(term)
      .trim()
      .replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
      .replace(/\s+/g, '\\s+');
    if (literal === '') return [];
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'giu');
    return some(text.matchAll(pattern)).map(({ 0: found }) => ({
      rule: rule.rule,
      isBlocking: true,
      found,
      sentence: sentenceOf(rule),
    }));
  });
}

function hintsIn(text: string, language: Language, phase: Phase | null): Found[] {
  return hints
    .filter(({ phases }) => phases === undefined || (phase !== null && phases.includes(phase)))
    .flatMap((rule) =>
      some(text.matchAll(rule.patterns[language])).map(({ 0: found }) => ({
        rule: rule.rule,
        isBlocking: false,
        found: found.trim(),
        sentence: sentenceOf(rule),
      })),
    );
}

function longSentencesIn(text: string): Found[] {
  const { rule, words } = content.longSentence;
  return sentencesOf(text)
    .filter((one) => wordsOf(one).length > words)
    .map((found) => ({ rule, isBlocking: false, found, sentence: sentenceOf(content.longSentence) }));
}

/** The text as a reader sees it: without invisible characters, and without the marks that Markdown needs before special ones. */
const asRead = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');

const shortened = (found: string): string => {
  const characters = [...found.replace(/\s+/g, ' ')];
  return characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : characters.join('');
};
