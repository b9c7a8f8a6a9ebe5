/** Sentences and words of a text, for rules about their length (G-18). */

/** Ends that are none: "z. B.", "d. h.", "e.g.", "approx." and the ordinals of German dates. */
const abbreviations =
  /\b(?:z\. ?B|d\. ?h|u\. ?a|ca|bzw|usw|etc|e\.g|i\.e|approx|no|nr|vgl|inkl|ggf)\.|\b\d{1,2}\.(?= )/giu;

/** The sentences of Markdown or plain text, each without its line breaks; a list item or a paragraph ends one too. */
export function sentencesOf(text: string): string[] {
  return text
    .replace(abbreviations, (whole) => whole.replaceAll('.', '\u2024'))
    .split(/\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)|(?<=[.!?:])\s+/u)
    .map((sentence) => sentence.replaceAll('\u2024', '.').replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '');
}

/** What a reader would count as words: anything between spaces that holds a letter or a digit. */
export const wordsOf = (sentence: string): string[] =>
  sentence.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
