/**
 * What counts as a reason, in one place for every reason that the product asks for: a few words of one's own. It cannot know
 * whether they are true; it refuses what says nothing: "x", "so P3", 41 times the same letter, a word over and over, a
 * placeholder that nobody filled.
 */

import { findLeftover } from './leftover.ts';
import { line, requiredLine } from './parse.ts';

/** So many letters and digits, and so many different ones. "Vertretung" and "a drill" pass, "so P3" does not. */
const fewestLetters = 6;
const fewestDifferent = 5;
/** So many different words have both length and sense; below it half of the words must differ. */
const enoughWords = 5;

/** Minimum of an explanation, in characters. */
const explanationLength = 40;

/** Made when the first reason is read: its dictionaries take a twentieth of a second of the start. */
let segmenter: Intl.Segmenter | undefined;

function wordsOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
  return [...segmenter.segment(text.normalize('NFKC').toLowerCase())].flatMap(({ segment, isWordLike }) =>
    isWordLike ? [segment] : [],
  );
}

/** "abcabcabc": the same piece over and over. */
const isRepetition = (letters: string): boolean => (letters + letters).indexOf(letters, 1) < letters.length;

/** What somebody typed beside "[reason]"; a ticket in brackets alone is none either. */
function withoutPlaceholders(text: string): string {
  let own = text;
  for (let left = findLeftover(own); left !== null; left = findLeftover(own))
    own = own.replace(left.text, ' ');
  return own;
}

/** True when a text says something: enough letters, not one of them or one word repeated, no placeholder left. */
export function isReason(text: string): boolean {
  const words = wordsOf(withoutPlaceholders(text));
  const letters = words.join('').replace(/[^\p{L}\p{N}]/gu, '');
  if (letters.length < fewestLetters || new Set(letters).size < fewestDifferent) return false;
  if (isRepetition(letters)) return false;
  return new Set(words).size >= Math.min(Math.ceil(words.length / 2), enoughWords);
}

/** True for a reason that is long enough to say what was wrong and how it was put right. */
export const isExplanation = (text: string): boolean =>
  text.trim().length >= explanationLength && isReason(text) && new Set(wordsOf(text)).size >= enoughWords;

const isBlankOrReason = (text: string): boolean => text.trim() === '' || isReason(text);

/** A reason that must be given, on one line. */
export const reason = (max = 1_000) => requiredLine(max).refine(isBlankOrReason, { error: 'reason_thin' });

/** A reason that is asked for at times; the verb refuses its absence. */
export const reasonIfAny = (max = 1_000) => line(max).refine(isBlankOrReason, { error: 'reason_thin' });
