import content from '../../content/soft-hyphens.json' with { type: 'json' };
import type { Language } from '../../db/words.ts';

/** Shorter words fit a small phone's line. */
const longWord = /\p{L}{12,}/gu;
const joints: Partial<Record<Language, readonly string[]>> = content;
const patterns = new Map(
  Object.entries(joints).map(([language, parts]) => [
    language,
    new RegExp(`(?<=\\p{L}{3})(?=(?:${parts.join('|')}))(?=\\p{L}{4})`, 'giu'),
  ]),
);

/**
 * Text with soft hyphens where a long word may break: before the parts that `content/soft-hyphens.json` names for the
 * language. Browsers without a dictionary for it break a word anywhere, or not at all. For what is shown, never for data.
 */
export function withSoftHyphens(text: string, language: Language): string {
  const pattern = patterns.get(language);
  return pattern ? text.replace(longWord, (word) => word.replace(pattern, '\u00AD')) : text;
}
