import { expect, test } from 'vitest';
import { differences, seenVersion } from '../../src/actions/conflict.ts';
import type { FormState, FormValues } from '../../src/actions/form.ts';
import { toInput } from '../../src/actions/form.ts';
import { newOrder } from '../../src/actions/new-order.ts';
import { withUnticked } from '../../src/actions/unticked.ts';
import { DomainError, invalid } from '../../src/domain/core/errors.ts';
import { browserName } from '../../src/http/desk/browser-name.ts';
import { piecesOf } from '../../src/render/template-pieces.ts';

test('up and down trade places with the neighbour, and nothing falls off an end', () => {
  expect(newOrder({ ids: 'a b c', up: 'c' })).toEqual(['a', 'c', 'b']);
  expect(newOrder({ ids: 'a b c', down: 'a' })).toEqual(['b', 'a', 'c']);
  expect(newOrder({ ids: 'a b c', up: 'a' })).toEqual(['a', 'b', 'c']);
  expect(newOrder({ ids: 'a b c', down: 'c' })).toEqual(['a', 'b', 'c']);
  expect(newOrder({ ids: 'a b c', down: 'z' })).toEqual(['a', 'b', 'c']);
  expect(newOrder({})).toEqual([]);
});

test('a box that was there and is not ticked means no, or none', () => {
  const marks = { roles: 'list', isCritical: 'flag', isPlural: { en: 'flag', de: 'flag' } };
  expect(withUnticked({ name: 'x', isPlural: { de: true }, unticked: marks })).toEqual({
    name: 'x',
    roles: [],
    isCritical: false,
    isPlural: { en: false, de: true },
  });
  expect(withUnticked({ roles: ['csup'], isCritical: true, unticked: marks })).toMatchObject({
    roles: ['csup'],
    isCritical: true,
  });
  expect(withUnticked({ name: 'x' })).toEqual({ name: 'x' });
});

const refused = (refusal: DomainError | null, values: FormValues = {}): FormState => ({
  values,
  refusal,
  isRestored: false,
});
const conflict = new DomainError('conflict', 'conflict_version', {
  details: {
    version: 4,
    theirs: { name: { en: 'A', de: 'B' }, parentId: 'x', groupIds: [] },
    yours: { name: { en: 'C', de: 'B' }, parent: 'y' },
  },
});
const labels = { 'name.en': 'English', 'name.de': 'German', parent: 'Parent', groupIds: 'Groups' };

test('a conflict names the fields that differ, and only those of the form', () => {
  expect(differences(refused(conflict), labels, String)).toEqual([
    { path: 'name.en', label: 'English', theirs: 'A', yours: 'C' },
    { path: 'parent', label: 'Parent', theirs: 'x', yours: 'y' },
  ]);
  expect(differences(null, labels, String)).toBeNull();
  expect(differences(refused(invalid('name.en', 'required')), labels, String)).toBeNull();
});

test('the version stays the one that was seen, until a conflict has shown the other', () => {
  const values = { 'version:number': ['2'] };
  expect(seenVersion(null, 4)).toBe('4');
  expect(seenVersion(refused(invalid('name.en', 'required'), values), 4)).toBe('2');
  expect(seenVersion(refused(null, values), 4)).toBe('2');
  expect(seenVersion(refused(conflict, values), 4)).toBe('4');
});

test('a template falls into text, slots and passages', () => {
  expect(piecesOf('{effect}. We look{?next_update} and write by {next_update}{/next_update}.')).toEqual([
    { slot: 'effect' },
    { text: '. We look' },
    { passage: [{ text: ' and write by ' }, { slot: 'next_update' }] },
    { text: '.' },
  ]);
  expect(piecesOf('Not {a_slot}')).toEqual([{ text: 'Not ' }, { text: '{a_slot}' }]);
  expect(piecesOf('')).toEqual([]);
});

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0', 'Firefox, Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge, Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
    'Safari, iPhone',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36',
    'Chrome, Android',
  ],
  ['curl/8.9.1', 'curl'],
  ['', null],
])('%s is told as %s', (userAgent, name) => {
  expect(browserName(userAgent)).toBe(name);
});

test('a local time in the hour that a clock change repeats, sent back unchanged, stays the instant it was', () => {
  const second = '2026-10-25T01:30:00.000Z';
  const sent = { 'startsAt:local': ['2026-10-25T02:30'], 'startsAt:was': [second] };
  expect(toInput(sent, 'Europe/Berlin')).toEqual({ startsAt: second });
  expect(toInput({ ...sent, 'startsAt:local': ['2026-10-25T03:30'] }, 'Europe/Berlin')).toEqual({
    startsAt: '2026-10-25T02:30:00.000Z',
  });
  expect(toInput({ ...sent, 'startsAt:was': ['nonsense'] }, 'Europe/Berlin')).toEqual({
    startsAt: '2026-10-25T00:30:00.000Z',
  });
});
