import { describe, expect, test } from 'vitest';
import skeleton from '../../content/report-skeleton.json' with { type: 'json' };
import { languages, type Phase, reportSections } from '../../db/words.ts';
import { areWhole, atRows, entriesOf, suppliersOf } from '../../src/actions/report-entries.ts';
import { DomainError } from '../../src/domain/core/errors.ts';
import { candidatesOf, suggestMilestones } from '../../src/domain/reports/suggestions.ts';
import type { Sentences } from '../../src/domain/wording/lint/rule-words.ts';
import { sentencesOf, wordsOf } from '../../src/domain/wording/lint/sentences.ts';
import { inWords } from '../support/in-words.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 20, 2, minute));
const told = (phase: Phase, minute: number, body = 'First. Second. Third.') => ({
  id: `${phase}${minute}`,
  phase,
  displayAt: at(minute),
  texts: { en: { title: 'Down', body } },
});

describe('R-093: milestones that the updates suggest', () => {
  test.each([
    ['no update', [], {}],
    [
      'an end without watching',
      [told('resolved', 60), told('identified', 24), told('investigating', 2)],
      { detected: at(2), diagnosed: at(24), recovered: at(60) },
    ],
    [
      'watched before the end',
      [told('investigating', 2), told('identified', 24), told('monitoring', 50), told('resolved', 60)],
      { detected: at(2), diagnosed: at(24), recovered: at(50), verified: at(60) },
    ],
    // Suggesting what would be refused helps nobody.
    [
      'an order that does not hold',
      [told('identified', 5), told('investigating', 9)],
      { detected: at(5), diagnosed: at(5) },
    ],
  ])('%s', (_what, updates, expected) => {
    expect(suggestMilestones(at(0), updates)).toEqual(expected);
  });

  test('nothing before the start', () => {
    expect(suggestMilestones(at(30), [told('investigating', 2), told('resolved', 60)])).toEqual({
      recovered: at(60),
    });
  });
});

describe('R-080: what the timeline can be picked from', () => {
  test('oldest first, two sentences, one line, without what stands in it already', () => {
    const updates = [
      told('resolved', 60, 'It **works**, see [the page](https://example.com/x).\n\nAll is well. Bye.'),
      told('investigating', 2),
    ];
    const log = [
      { id: 'note', at: at(10), text: `Line\nbreak ${'x'.repeat(600)}` },
      { id: 'used', at: at(11), text: 'Taken.' },
    ];
    const found = candidatesOf(updates, log, { used: new Set(['used']), writtenIn: 'de' });
    expect(found.map(({ source, isPublicUpdate }) => [source, isPublicUpdate])).toEqual([
      ['investigating2', true],
      ['note', false],
      ['resolved60', true],
    ]);
    expect(found.map(({ text }) => text.en)).toEqual([
      'First. Second.',
      '',
      'It works, see the page. All is well.',
    ]);
    expect(found[1]?.text.de).toMatch(/^Line break x+…$/);
    expect(found[1]?.text.de).toHaveLength(500);
  });
});

const nothing = inWords({ en: '' });

describe('rows of the form', () => {
  const given = {
    stored: { at: 'T1', text: { en: ' One \n line ', de: '' }, isPublic: true, source: 'u1' },
    gone: { at: 'T2', text: { en: 'Gone' }, isRemoved: true },
    'new-0': { text: { en: '', de: ' ' } },
    'new-1': { at: 'T3', text: { de: 'Neu' } },
    'from-u2': { at: 'T4', text: { en: 'Offered' }, source: 'u2' },
    'from-u3': { at: 'T5', text: { en: 'Picked' }, source: 'u3', isPicked: true },
  };

  test('make the timeline: no empty, no removed, no unpicked one', () => {
    expect(entriesOf(given, [])).toEqual({
      entries: [
        { at: 'T1', text: { ...nothing, en: 'One line' }, isPublic: true, source: 'u1' },
        { at: 'T3', text: { ...nothing, de: 'Neu' }, isPublic: false },
        { at: 'T5', text: { ...nothing, en: 'Picked' }, isPublic: false, source: 'u3' },
      ],
      rows: ['stored', 'new-1', 'from-u3'],
    });
    expect(entriesOf(undefined, [])).toBeNull();
  });

  test('a half-typed entry is not whole', () => {
    const of = (row: object) => areWhole(entriesOf({ 'new-0': row }, []) ?? { entries: [], rows: [] });
    expect([of({ at: 'T', text: { en: 'x' } }), of({ text: { en: 'x' } }), of({ at: 'T' })]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('a refusal is told at its row, and keeps what it tells', () => {
    const refusal = new DomainError('invalid', 'input', {
      fields: [
        { path: 'entries.1.text.en', key: 'body_missing' },
        { path: 'title.en', key: 'too_long', params: { max: 3 } },
      ],
    });
    expect(atRows(refusal, ['stored', 'new-1'])).toMatchObject({
      code: 'invalid',
      fields: [
        { path: 'entries.new-1.text.en', key: 'body_missing' },
        { path: 'title.en', key: 'too_long', params: { max: 3 } },
      ],
    });
    const other = new Error('x');
    expect(atRows(other, [])).toBe(other);
  });

  test('an empty new supplier is none', () => {
    expect(
      suppliersOf({
        known: { supplier: 'A' },
        'new-0': { supplier: '', outstanding: ' ', isNothingOutstanding: false },
      }),
    ).toEqual([{ row: 'known', id: 'known', input: { supplier: 'A' } }]);
    expect(suppliersOf({ 'new-0': { supplier: 'B' } })).toEqual([
      { row: 'new-0', id: null, input: { supplier: 'B' } },
    ]);
  });
});

test('R-092, R-094, R-096: every section has its question and a hint in both languages, short enough to read', () => {
  expect(Object.keys(skeleton)).toEqual([...reportSections]);
  const all: { question: Sentences; hint: Sentences }[] = Object.values(skeleton);
  for (const { question, hint } of all) {
    for (const language of languages) {
      expect(question[language]).toMatch(/\?$/);
      for (const sentence of [...sentencesOf(question[language] ?? ''), ...sentencesOf(hint[language] ?? '')])
        expect(wordsOf(sentence).length, sentence).toBeLessThanOrEqual(20);
    }
    expect(question.en).not.toBe(question.de);
  }
});
