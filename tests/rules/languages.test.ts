/** A language is an entry of the list in `db/words.ts`, its folder of words, and its texts in `content/`: nothing else names it. */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { languages } from '../../db/words.ts';

const ownPlaces = (language: string): RegExp =>
  new RegExp(
    `^(?:db/words\\.ts|db/migrations/.*|src/i18n/words\\.ts|src/i18n/\\w+/terms\\.ts|src/i18n/${language}/.*)$`,
  );

test.each(languages.slice(1))('nothing but the list and its words names the language %s', (language) => {
  const naming = new RegExp(
    `(['"])${language}\\1|\\.${language}\\b(?![\\w'.])|\\b${language}:|\\w${language.toUpperCase()[0]}${language[1]}: `,
  );
  const found = globSync(['src/**/*.{ts,astro}', 'db/**/*.ts'])
    .filter((file) => !ownPlaces(language).test(file))
    .flatMap((file) =>
      readFileSync(file, 'utf8')
        .replaceAll(/\/\*\*.*?\*\/|(?<!:)\/\/.*$/gms, '')
        .split('\n')
        .flatMap((line) => (naming.test(line) ? [`${file}: ${line.trim()}`] : [])),
    );
  expect(found).toEqual([]);
});

test('each language has a file of words for each topic of the first', () => {
  const [first, ...others] = languages;
  for (const language of others)
    expect(readdirSync(`src/i18n/${language}`)).toEqual(readdirSync(`src/i18n/${first}`));
});
