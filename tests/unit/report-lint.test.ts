import { describe, expect, test } from 'vitest';
import type { Language } from '../../db/words.ts';
import { blameIn, namesPattern, peopleIn } from '../../src/domain/wording/lint/blame-lint.ts';
import { promisesIn } from '../../src/domain/wording/lint/promise-lint.ts';

const today = '2026-11-20';
const promised = (language: Language, text: string) =>
  promisesIn(text, language, today).flatMap(({ words }) => words);
const blamed = (language: Language, text: string) => blameIn(text, language).flatMap(({ words }) => words);

describe('R-084: words of promise', () => {
  test.each<[Language, string, string[]]>([
    ['en', 'We will add a check.', ['will']],
    ['en', 'This will never happen again.', ['will', 'never']],
    ['en', 'We guarantee that no data is lost.', ['guarantee']],
    ['en', 'It’ll be checked by the end of the month.', ['It’ll', 'by the end of the month']],
    ['en', 'The check is added by 24 November 2026.', ['24 November 2026']],
    ['en', 'The check is added by November 24.', ['November 24']],
    ['en', 'Due on 2026-12-01, or by Q1 2027.', ['2026-12-01', 'by Q1 2027']],
    ['en', 'We are going to replace it next week.', ['are going to', 'next week']],
    ['en', 'We ensure this in the future.', ['ensure', 'in the future']],
    ['de', 'Wir werden eine Prüfung ergänzen.', ['werden']],
    ['de', 'Das wird nie wieder geschehen.', ['wird', 'nie wieder']],
    ['de', 'Wir garantieren das.', ['garantieren']],
    ['de', 'Wir stellen künftig sicher, dass es hält.', ['stellen künftig sicher']],
    ['de', 'Die Prüfung folgt bis zum 24. November 2026.', ['24. November 2026']],
    ['de', 'Die Prüfung folgt am 01.12.2026.', ['01.12.2026']],
    ['de', 'Das folgt bis Ende des Jahres, spätestens nächste Woche.', ['bis Ende', 'nächste Woche']],
  ])('%s: %s', (language, text, words) => {
    expect(promised(language, text)).toEqual(words);
  });

  test.each<[Language, string]>([
    ['en', 'On 17 November 2026 the gateways refused each other’s connections.'],
    ['en', 'It was fixed on November 17, at 09:41 UTC.'],
    ['en', 'The willow service was down; goodwill stayed.'],
    ['de', 'Am 17. November 2026 fielen die Gateways aus.'],
    ['de', 'Am 17.11. fielen sie aus.'],
    ['de', 'Es wurde um 09:41 Uhr behoben.'],
    ['de', 'Version 2.4.1 lief auf drei Maschinen.'],
  ])('what lies behind us is none, %s: %s', (language, text) => {
    expect(promised(language, text)).toEqual([]);
  });

  test('each sentence stands alone, with its words in it', () => {
    expect(promisesIn('It failed. We will check it on 24. November. Nothing more.', 'en', today)).toEqual([
      { words: ['will'], context: 'We will check it on 24. November.' },
    ]);
  });
});

describe('R-097: blame, not systems', () => {
  test.each<[Language, string, string[]]>([
    ['en', 'The cause was human error.', ['human error']],
    ['en', 'An engineer failed to renew it.', ['engineer failed to']],
    ['en', 'They should have checked it.', ['They should have']],
    ['en', 'Somebody forgot the intermediate.', ['forgot']],
    ['en', 'It was a mistake by a colleague.', ['mistake by a colleague']],
    ['de', 'Ursache war menschliches Versagen.', ['menschliches Versagen']],
    ['de', 'Max vergaß das Zertifikat.', ['vergaß']],
    ['de', 'Die Schuld lag bei uns.', ['Schuld']],
    ['de', 'Der Techniker hätte es prüfen müssen.', ['Techniker hätte es prüfen müssen']],
    ['de', 'Ein Bedienfehler löste es aus.', ['Bedienfehler']],
  ])('%s: %s', (language, text, words) => {
    expect(blamed(language, text)).toEqual(words);
  });

  test.each<[Language, string]>([
    ['en', 'The gateway failed to start, and the probe should have fired earlier.'],
    ['en', 'Host db1.internal refused connections; 12 errors a second.'],
    ['de', 'Die Prüfung auf gw-berlin-1 hätte früher warnen müssen.'],
    ['de', 'Der Dienst konnte das Zertifikat nicht lesen.'],
  ])('a system that failed is none, %s: %s', (language, text) => {
    expect(blamed(language, text)).toEqual([]);
  });
});

describe('R-097, R-154: people', () => {
  const names = namesPattern(['Max Mustermann', 'Ada Lovelace', 'Will Grace', 'Bo Li'], ['Lovelace GmbH']);
  test.each([
    ['Max vergaß das Zertifikat.', ['Max']],
    ['Ask Max Mustermann or Mustermann’s team.', ['Max Mustermann', 'Mustermann’s']],
    ['Will Grace restarted it, then Ada’s script ran.', ['Will Grace', 'Ada’s']],
    ['Bo Li was called.', ['Bo Li']],
    // Words of the language, machines, parts of words, and what may be named.
    ['Will it hold? By the grace of the cache.', []],
    ['max-db1, Max-db1, ada.internal and Maximum stay.', []],
    ['Lovelace GmbH was told.', []],
  ])('%s', (text, words) => {
    expect(peopleIn(text, names).flatMap((found) => found.words)).toEqual(words);
  });

  test('without people there is nothing to find', () => {
    expect(peopleIn('Max vergaß es.', namesPattern([]))).toEqual([]);
  });
});
