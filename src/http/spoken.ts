import type { Language } from '../../db/words.ts';
import { wordsIn } from '../i18n/words.ts';

/** From here on this request is answered in `language`: a page and its components take both from `locals`. */
export function speak(locals: App.Locals, language: Language): void {
  locals.language = language;
  locals.words = wordsIn[language];
}
