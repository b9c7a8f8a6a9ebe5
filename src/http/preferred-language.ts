import type { Language } from '../../db/words.ts';

/** The first of our languages that the browser asks for; for people who are not signed in. */
export function preferredLanguage(request: Request): Language {
  const wanted = (request.headers.get('accept-language') ?? '').toLowerCase().split(',');
  return (
    wanted
      .map((part) => part.trim().slice(0, 2))
      .find((code): code is Language => code === 'de' || code === 'en') ?? 'en'
  );
}
