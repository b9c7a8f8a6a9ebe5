import { type Language, languages } from '../../../db/words.ts';
import type { Context } from '../core/context.ts';

/**
 * Renders typed bodies before the transaction that stores them: one that takes long or is refused must not keep other
 * writers waiting meanwhile. Rendered again inside, the same text is there at once.
 */
export async function tryTexts(
  context: Context,
  texts: Partial<Record<Language, { body?: string | undefined } | undefined>> | undefined,
): Promise<void> {
  await context.renderTexts(
    languages.flatMap((language) => {
      const source = texts?.[language]?.body?.trim();
      return source ? [{ source, format: 'markdown' as const, path: `texts.${language}.body` }] : [];
    }),
  );
}
