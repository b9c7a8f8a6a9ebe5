import { describe, expect, test } from 'vitest';
import content from '../../content/lint.json' with { type: 'json' };
import { type Language, languages, phases } from '../../db/words.ts';
import { lintedFields, lintTexts } from '../../src/domain/wording/lint/lint-texts.ts';
import type { Sentences } from '../../src/domain/wording/lint/rule-words.ts';
import { sentencesOf, wordsOf } from '../../src/domain/wording/lint/sentences.ts';
import { spoken } from '../support/in-words.ts';

const question = { phase: 'monitoring' as const, redactionTerms: [], publicNames: [] };
const ask = (body: string, more: Partial<Parameters<typeof lintTexts>[1]> = {}, language: Language = 'en') =>
  lintTexts({ [language]: { body } }, { ...question, ...more });
const rulesOf = (findings: readonly { rule: string; found: string }[]) =>
  findings.map(({ rule, found }) => `${rule}: ${found}`);

describe('blocks what is not meant for customers', () => {
  test.each([
    ['The queue on mq.fra1.nordlicht.internal is full.', 'host_name: mq.fra1.nordlicht.internal'],
    ['We restarted db-prod-03.', 'machine_name: db-prod-03'],
    ['We restarted web01 and left.', 'machine_name: web01'],
    ['See https://wiki.nordlicht.example/runbook.', 'host_name: wiki.nordlicht.example'],
    ['Traffic from 10.20.30.40 is lost.', 'ip_address: 10.20.30.40'],
    ['Traffic from 10.20.30.40.', 'ip_address: 10.20.30.40'],
    ['Route 2001:db8::1 is gone.', 'ip_address: 2001:db8::1'],
    ['Route fe80:0:0:0:0:0:0:1 is gone.', 'ip_address: fe80:0:0:0:0:0:0:1'],
    ['Write to lena.berg@nordlicht.example.', 'email_address: lena.berg@nordlicht.example'],
    ['Escaped as a slot is: lena\\@nordlicht.example', 'email_address: lena@nordlicht.example'],
    ['Tracked as OPS-1234.', 'ticket_key: OPS-1234'],
    ['Tracked as INC0012345.', 'ticket_key: INC0012345'],
  ])('%s', (text, expected) => {
    for (const language of spoken) {
      const findings = ask(text, {}, language).filter(({ isBlocking }) => isBlocking);
      expect(rulesOf(findings)).toEqual([expected]);
    }
  });

  test.each([
    'At 12:30:45 CET (11:30:45 UTC) it was back.',
    'Version 2.4.1 is out; use UTF-8 and SHA-256, not MD5. See RFC-9110 and CVE-2026-1234.',
    'z.B. im Kundenportal, d.h. nach der Anmeldung. Danach geht alles.',
    'Ab 3.11. und ca. 20 Uhr, Stufe 3 von 4.',
    'The API v2 answers 503: at 14:30:',
    'P0 and P1, HTTP/3, IPv6, 5xx, A4, §8.2 and/or 98.5 %.',
    'Tier-1 und Q3-2026: COVID-19 hat keine Ticketnummer.',
  ])('lets pass: %s', (text) => {
    for (const language of spoken)
      expect(rulesOf(ask(text, {}, language).filter(({ isBlocking }) => isBlocking))).toEqual([]);
  });

  test('terms of the settings, whole words in any case, also hidden by invisible characters', () => {
    const redactionTerms = ['Projekt Nordlicht', 'ACME', 'C++', 'Müller'];
    const found = (text: string) => rulesOf(ask(text, { redactionTerms }));
    expect(found('Only acme sees it.')).toEqual(['redaction_term: acme']);
    expect(found('Only AC\u200bME sees it.')).toEqual(['redaction_term: ACME']);
    expect(found('Only ＡＣＭＥ sees it.')).toEqual(['redaction_term: ACME']);
    expect(found('The projekt\n  nordlicht waits.')).toEqual(['redaction_term: projekt nordlicht']);
    expect(found('Written in C++, not C.')).toEqual(['redaction_term: C++']);
    expect(found('Für MÜLLER gilt das.')).toEqual(['redaction_term: MÜLLER']);
    expect(found('Mu\u0308ller')).toEqual(['redaction_term: Müller']);
    expect(found('Acmeists and pre-ACMEs are others, and so is MüllerX.')).toEqual([]);
  });

  test('names of ours pass, but not what only looks like them', () => {
    const publicNames = ['status.nordlicht.example', 'help@nordlicht.example', 'eu-1'];
    const found = (text: string) => rulesOf(ask(text, { publicNames }));
    expect(found('See https://STATUS.nordlicht.example/x, or write to help@nordlicht.example.')).toEqual([]);
    expect(found('See docs.status.nordlicht.example.')).toEqual([]);
    expect(found('See db-1.status.nordlicht.example.')).toEqual(['host_name: db-1.status.nordlicht.example']);
    expect(found('See x.nordlicht.example.evil.example.')).toEqual([
      'host_name: x.nordlicht.example.evil.example',
    ]);
    expect(found('Write to xhelp@nordlicht.example.')).toEqual(['email_address: xhelp@nordlicht.example']);
    expect(found('Write to help@nordlicht.example, or see nordlicht.example.')).toEqual([]);
    expect(found('Write to help@nordlicht.example, or see api.nordlicht.example.')).toEqual([
      'host_name: api.nordlicht.example',
    ]);
  });
});

describe('hints', () => {
  const cases: [language: 'en' | 'de', phase: (typeof phases)[number], text: string, rules: string[]][] = [
    ['en', 'investigating', 'Calls fail because of a bad change.', ['early_cause: because of']],
    ['en', 'investigating', 'The cause is not known yet.', []],
    ['en', 'identified', 'Calls failed because of a bad change.', []],
    ['en', 'investigating', 'It should be fixed by noon.', ['early_end: should be fixed']],
    ['en', 'investigating', 'We post the next update by 14:30.', []],
    ['de', 'investigating', 'Wegen einer Änderung schlagen Anfragen fehl.', ['early_cause: Wegen']],
    ['de', 'investigating', 'Die Ursache ist noch nicht bekannt.', []],
    ['de', 'identified', 'Wegen einer Änderung schlagen Anfragen fehl.', []],
    ['de', 'investigating', 'Das wird bis 12 Uhr behoben.', ['early_end: wird bis 12 Uhr behoben']],
    ['de', 'investigating', 'In Kürze geht es weiter.', ['early_end: In Kürze']],
    ['de', 'investigating', 'Die nächste Meldung folgt bis 14:30.', []],
    ['en', 'resolved', 'Human error took it down.', ['blame: Human error']],
    ['en', 'resolved', 'Our payment provider caused it.', ['blame: Our payment provider caused']],
    ['en', 'resolved', 'Payments pass through a partner. Their system is back.', []],
    ['de', 'resolved', 'Grund war ein Bedienfehler.', ['blame: Bedienfehler']],
    [
      'de',
      'resolved',
      'Unser Dienstleister hat einen Fehler gemacht.',
      ['blame: Unser Dienstleister hat einen Fehler'],
    ],
    ['de', 'resolved', 'Wir entschuldigen uns.', []],
    ['en', 'monitoring', 'Some users may see errors.', ['vague_scope: Some users may']],
    ['en', 'monitoring', 'Some customers are affected.', []],
    ['de', 'monitoring', 'Einige Nutzer sehen Fehler.', ['vague_scope: Einige Nutzer']],
  ];
  test.each(cases)('%s, %s: %s', (language, phase, text, rules) => {
    const findings = ask(text, { phase }, language);
    expect(rulesOf(findings)).toEqual(rules);
    expect(findings.every(({ isBlocking }) => !isBlocking)).toBe(true);
  });

  test('a sentence of 20 words passes, one of 21 does not, in a list as well', () => {
    const words = (count: number): string => Array.from({ length: count }, (_, at) => `w${at}x`).join(' ');
    expect(ask(`${words(20)}. ${words(20)}.`)).toEqual([]);
    expect(ask(`${words(20)}.\n- ${words(20)}\n- ${words(20)}`)).toEqual([]);
    expect(ask(`Short. ${words(21)}.`).map(({ rule }) => rule)).toEqual(['long_sentence']);
    expect(sentencesOf('Am 3. November, z. B. um 14:30 Uhr. Danach nicht.')).toHaveLength(2);
    expect(wordsOf('- one, two – three')).toHaveLength(3);
  });
});

describe('the rules as data', () => {
  const all: Sentences[] = [
    ...content.blocking,
    ...content.hints,
    content.redactionTerm,
    content.longSentence,
  ];

  test('each explains itself in one sentence, in both languages', () => {
    for (const rule of all)
      for (const language of languages) {
        expect(rule[language]).toMatch(/^\S.*[.]$/);
        expect(rule[language]?.length).toBeLessThanOrEqual(130);
      }
  });

  test('a phase that a rule names exists', () => {
    for (const { phases: named = [] } of content.hints)
      for (const phase of named) expect(phases).toContain(phase);
  });

  test('every field of a text is read, once for the same words', () => {
    const text = Object.fromEntries(
      lintedFields.map((field) => [field, `OPS-${lintedFields.indexOf(field)}1`]),
    );
    expect(lintTexts({ en: text }, question)).toHaveLength(lintedFields.length);
    expect(lintTexts({ en: { title: 'OPS-1', body: 'OPS-1' } }, question)).toHaveLength(1);
    expect(lintTexts({ en: { title: 'OPS-1' }, de: { title: 'OPS-1' } }, question)).toHaveLength(2);
  });

  // A pattern that backtracks without bound would run into the test's own timeout.
  test.each(['a', '1', '.', ':', '@', '-', 'a.', '1.', 'ab:', 'a@', 'A-', 'w ', '\\', '[', 'db-', 'our '])(
    '20 kB of “%s” are read to their end',
    (text) => {
      const long = `${text.repeat(Math.floor(19_000 / text.length))} OPS-1.`;
      expect(ask(long, { redactionTerms: ['x y'] }).map(({ rule }) => rule)).toContain('ticket_key');
    },
  );
});
