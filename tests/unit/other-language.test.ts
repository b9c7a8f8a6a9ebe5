import { expect, test } from 'vitest';
import { languages } from '../../db/words.ts';
import { leftAsItWas } from '../../src/domain/incidents/updates/other-language.ts';

const text = { body: 'Words.' };

test.each([
  ['both languages corrected', { en: text, de: text }, { en: text, de: text }, null],
  ['only the English one', { en: text, de: text }, { en: text }, 'de'],
  ['only the German one', { en: text, de: text }, { de: text }, 'en'],
  ['the only one', { en: text }, { en: text }, null],
  ['the only one, and a translation is added', { en: text }, { en: text, de: text }, null],
  ['a translation is added', { de: text }, { en: text }, null],
  ['nothing', { en: text, de: text }, {}, null],
])('correcting one language leaves the other as it was: %s', (_what, present, written, left) => {
  expect(leftAsItWas(present, written, languages)).toBe(left);
});
