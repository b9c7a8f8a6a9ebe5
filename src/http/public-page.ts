import type { Language } from '../../db/words.ts';

/** "de" or nothing stands before a public path; anything else is no page of ours. */
export function languageOf(parameter: string | undefined): Language | null {
  if (parameter === undefined || parameter === '') return 'en';
  return parameter === 'de' ? 'de' : null;
}

/** Declares what a public page shows, so that its bytes are kept until that changes (design §8.3). */
export function publish(
  locals: App.Locals,
  tags: readonly string[],
  validUntil: Date | null,
  lastModified: Date | null = null,
): void {
  locals.publication = { tags: ['settings', 'catalogue', ...tags], validUntil, lastModified };
}
