/** What in a public text looks for the guilty, or names somebody. The words are data in `content/report-lint.json`. */

import lint from '../../../../content/report-lint.json' with { type: 'json' };
import type { Language } from '../../../../db/words.ts';
import type { FoundWords } from './promise-lint.ts';
import { anyOf, patternsOf } from './rule-words.ts';
import { sentencesOf } from './sentences.ts';

const blaming = patternsOf<string[]>(lint.blame.patterns, anyOf);

/** The sentences that blame somebody. A system that failed is none: "the gateway failed to start" stays. A hint. */
export const blameIn = (text: string, language: Language): FoundWords[] =>
  sentencesOf(text).flatMap((context): FoundWords[] => {
    const words = [...new Set([...context.matchAll(blaming[language])].map(([word]) => word))];
    return words.length > 0 ? [{ words, context }] : [];
  });

const alsoWords = new Set(lint.person.alsoWords.map((word) => word.toLowerCase()));

/**
 * What finds people in a text: full names, and first and family names alone, except those that are words of the language
 * ("Will", "Grace"), short ones, and `allowed`. Only with their capitals, and never as a part of a machine's name.
 */
export function namesPattern(people: readonly string[], allowed: readonly string[] = []): RegExp | null {
  const known = new Set(
    allowed.flatMap((name) => [name, ...name.split(/\s+/u)]).map((one) => one.toLowerCase()),
  );
  const full = people.map((name) => name.trim().replace(/\s+/gu, ' ')).filter((name) => name.includes(' '));
  const single = people
    .flatMap((name) => name.trim().split(/\s+/u))
    .filter((part) => /^\p{Lu}[\p{L}'’-]{2,}$/u.test(part) && !alsoWords.has(part.toLowerCase()));
  const names = [...new Set([...full, ...single])].filter((name) => !known.has(name.toLowerCase()));
  if (names.length === 0) return null;
  // The longest first, so that a full name is one finding and not two.
  const literal = names
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/ /g, '\\s+'));
  return new RegExp(
    `(?<![\\p{L}\\p{N}_@.-])(?:${literal.join('|')})(?:['’]s|['’]|s)?(?![\\p{L}\\p{N}_@]|[.-][\\p{L}\\p{N}])`,
    'gu',
  );
}

/** The sentences that name somebody; `names` from `namesPattern`. */
export const peopleIn = (text: string, names: RegExp | null): FoundWords[] =>
  names === null
    ? []
    : sentencesOf(text).flatMap((context): FoundWords[] => {
        const words = [...new Set([...context.matchAll(names)].map(([word]) => word))];
        return words.length > 0 ? [{ words, context }] : [];
      });
