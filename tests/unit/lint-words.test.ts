import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Language, languages } from '../../db/words.ts';
import { customersIn } from '../../src/domain/wording/lint/internal-names.ts';
import { lintTexts } from '../../src/domain/wording/lint/lint-texts.ts';
import { spoken } from '../support/in-words.ts';
import { knownInside, ordinarySentences, type Planted, plantSecrets } from '../support/planted-secrets.ts';

/** What blocks a body, as the desk would ask. */
const stopped = (
  body: string,
  language: Language,
  {
    publicNames = knownInside.publicNames,
    redactionTerms = knownInside.redactionTerms,
    labels = knownInside.labels,
  } = {},
): string[] =>
  lintTexts(
    { [language]: { body } },
    { phase: null, publicNames, redactionTerms, customers: customersIn(labels) },
  )
    .filter(({ isBlocking }) => isBlocking)
    .map(({ rule, found }) => `${rule}: ${found}`);

const lines = readFileSync(new URL('../fixtures/public-words.txt', import.meta.url), 'utf8').split('\n');
const stopsFrom = lines.findIndex((line) => line.startsWith('# Must need one'));
const sentences = (from: string[]): string[] =>
  from.filter((line) => line.trim() !== '' && !line.startsWith('#'));

describe('the lint stops ordinary words', () => {
  test.each(sentences(lines.slice(0, stopsFrom)))('not: %s', (sentence) => {
    for (const language of languages) expect(stopped(sentence, language)).toEqual([]);
  });

  test.each(sentences(lines.slice(stopsFrom)))('but it stops: %s', (sentence) => {
    for (const language of languages) expect(stopped(sentence, language)).not.toEqual([]);
  });

  test('regions, versions and products are at most a hint', () => {
    const found = lintTexts(
      { en: { body: 'GPT-4 fails in XYZ-7 on node20.' } },
      { phase: null, publicNames: [], redactionTerms: [] },
    );
    expect(found.map(({ rule, isBlocking }) => [rule, isBlocking])).toEqual([
      ['maybe_internal', false],
      ['maybe_internal', false],
    ]);
  });

  test('a public domain covers its subdomains and mailboxes, but no machine, no inside and no person', () => {
    const passes = ['a.b.nordlicht.example', 'hilfe@nordlicht.example', 'kunden.service@nordlicht.example'];
    for (const one of passes) expect(stopped(`See ${one}.`, 'en')).toEqual([]);
    const stops = ['db-1.nordlicht.example', 'a.int.nordlicht.example', 'lena.berg@nordlicht.example'];
    for (const one of stops) expect(stopped(`See ${one}.`, 'en')).not.toEqual([]);
  });

  test('twenty public names in a text hide no secret behind them', () => {
    const text = `${'docs.nordlicht.example '.repeat(30)} db-3.int.nordlicht.example`;
    expect(stopped(text, 'en')).toEqual(['host_name: db-3.int.nordlicht.example']);
  });

  test('customers are known from labels that say so, or by their legal form', () => {
    expect(
      customersIn([
        'customer: ACME',
        'Kunde=Muster',
        'client Blau & Co',
        'Falkner GmbH',
        'network',
        'kundenportal',
      ]),
    ).toEqual(['ACME', 'Muster', 'Blau & Co', 'Falkner GmbH']);
  });
});

/** The share of planted secrets that are stopped, and those that are not. */
const missed = (planted: readonly Planted[], language: Language): string[] =>
  planted
    .filter(({ text }) => stopped(text, language).length === 0)
    .map(({ secret, text }) => `${secret} in ${text}`);

describe.each(spoken)('300 sentences of our own, %s', (language) => {
  const own = ordinarySentences(language);
  test('none is stopped', () => {
    expect(new Set(own).size).toBe(300);
    expect(own.flatMap((sentence) => stopped(sentence, language))).toEqual([]);
  });

  test('of 200 secrets planted in them at least 99 % are stopped', () => {
    expect(missed(plantSecrets(own, 200, 20_261_128), language).slice(0, 10).length).toBeLessThanOrEqual(2);
  });
});

const corpus = process.env.STATUSPAGE_CORPUS ?? '';
const posts = join(dirname(corpus), '../cstate/jenkins-infra+status');
if (!existsSync(corpus) || !existsSync(posts))
  process.stderr.write(
    `\n!!! STATUSPAGE_CORPUS names no file, or ${posts} is missing: the lint of real posts is SKIPPED. !!!\n\n`,
  );

describe.skipIf(!existsSync(corpus) || !existsSync(posts))('real posts', () => {
  const updates = (): string[] =>
    readFileSync(corpus, 'utf8')
      .split('\n')
      .filter(Boolean)
      .flatMap((line) => {
        const { incident }: { incident: { incident_updates: { body: string | null }[] } } = JSON.parse(line);
        return incident.incident_updates.map(({ body }) => body ?? '');
      });
  const cstate = (): string[] =>
    ['issues', 'issues-deleted'].flatMap((folder) =>
      readdirSync(join(posts, folder))
        .filter((name) => name.endsWith('.md'))
        .map((name) => readFileSync(join(posts, folder, name), 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '')),
    );

  test('at most 1 % are stopped', () => {
    const github = updates().map((body) =>
      stopped(body, 'en', { publicNames: ['github.com', 'githubstatus.com'] }),
    );
    const jenkins = cstate().map((body) =>
      stopped(body, 'en', { publicNames: ['jenkins.io', 'jenkins-ci.org'] }),
    );
    const all = [...github, ...jenkins];
    const share = all.filter((found) => found.length > 0).length / all.length;
    expect(all.length).toBeGreaterThan(3_000);
    expect(share, all.flat().join('\n')).toBeLessThanOrEqual(0.01);
  });

  test('of 200 secrets planted in them at least 99 % are stopped', () => {
    const short = [...updates(), ...cstate()].filter(
      (body) => body.trim() !== '' && stopped(body, 'en').length === 0,
    );
    expect(missed(plantSecrets(short, 200, 4_711), 'en').slice(0, 10).length).toBeLessThanOrEqual(2);
  });
});
