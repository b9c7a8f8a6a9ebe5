/**
 * Every rule of the requirements, R-001 … R-166, with the test that covers it whole, the tests that do so together, or
 * "open". A test is named by its file and a piece of its title; one that is named and missing fails, and the number of
 * open rules may only fall.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from './requirements.ts';

/** Lower this when a rule gets its test; never raise it, unless rules are added to the list. */
const openAtMost = 86;

const ids = Array.from({ length: 166 }, (_, at) => `R-${String(at + 1).padStart(3, '0')}`);
const covered = Object.entries(rules).filter(([, cover]) => cover !== 'open');
const tests = covered.flatMap(([id, cover]) => [cover].flat().map((one): [string, string] => [id, one]));

describe('the rules of the requirements', () => {
  test('each of R-001 … R-166 stands in the table once', () => {
    expect(Object.keys(rules).sort()).toEqual(ids);
  });

  test.each(tests)('%s is covered by %s', (_id, cover) => {
    const [file = '', title = ''] = cover.split(' › ');
    expect(title).not.toBe('');
    expect(readFileSync(file, 'utf8')).toContain(title);
  });

  test('the number of open rules only falls', () => {
    const open = ids.length - covered.length;
    expect(open).toBeLessThanOrEqual(openAtMost);
    expect(openAtMost - open, 'more rules are covered: lower openAtMost').toBe(0);
  });
});
