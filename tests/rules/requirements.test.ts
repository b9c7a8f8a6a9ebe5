/**
 * Every rule, R-001 … R-166, says something, and names the tests that cover it whole, or "open". A test is named by its file
 * and a piece of its title, also of the groups around it; one that is named and missing, or that something keeps from running,
 * fails, and the number of open rules may only fall.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type WrittenTest, writtenTests } from '../support/written-tests.ts';
import { rules } from './requirements.ts';

/**
 * Lower this when a rule gets its test; never raise it, unless rules are added to the list, or one that stood there as covered
 * turns out not to be.
 */
const openAtMost = 91;

const ids = Array.from({ length: 166 }, (_, at) => `R-${String(at + 1).padStart(3, '0')}`);
const tests = Object.entries(rules).flatMap(([id, { by }]) =>
  typeof by === 'string' ? [] : by.map((one): [string, string] => [id, one]),
);
const coveredRules = new Set(tests.map(([id]) => id)).size;

const read = new Map<string, WrittenTest[]>();
function testsOf(file: string): WrittenTest[] {
  const known = read.get(file) ?? writtenTests(readFileSync(file, 'utf8'));
  read.set(file, known);
  return known;
}

describe('the rules of the requirements', () => {
  test('each of R-001 … R-166 stands in the table once', () => {
    expect(Object.keys(rules).sort()).toEqual(ids);
  });

  test('each says what it asks for, in a sentence that no other has', () => {
    const said = Object.values(rules).map(({ says }) => says);
    expect(said.filter((sentence) => !/^[A-Z].{30,}\.$/.test(sentence))).toEqual([]);
    expect(new Set(said).size).toBe(said.length);
  });

  test('what is open says nothing, or what is missing', () => {
    const open = Object.values(rules).flatMap(({ by }) => (typeof by === 'string' ? [by] : []));
    expect(open.filter((word) => !/^open(: \S.*)?$/.test(word))).toEqual([]);
  });

  test.each(tests)('%s is covered by %s', (_id, cover) => {
    const at = cover.indexOf(' › ');
    const [file, title] = [cover.slice(0, at), cover.slice(at + 3)];
    expect([at > 0, title]).not.toEqual([true, '']);
    const named = testsOf(file).filter((one) => one.title.includes(title));
    expect(named.length, 'tests of this title').toBeGreaterThan(0);
    expect(named.filter(({ keptBy }) => keptBy !== null)).toEqual([]);
  });

  test('the number of open rules only falls', () => {
    const open = ids.length - coveredRules;
    expect(open).toBeLessThanOrEqual(openAtMost);
    expect(openAtMost - open, 'more rules are covered: lower openAtMost').toBe(0);
  });
});

describe('a named test runs', () => {
  test.each<[string, string, [string, string | null][]]>([
    ['as it is', "test('a', () => {});", [['a', null]]],
    ['in a group', "describe('b', () => { test('a', () => {}); });", [['b › a', null]]],
    ['on both engines', "describeEachEngine('b', (bench) => { it('a', () => {}); });", [['b › a', null]]],
    ['for each of a table', "test.each(table)('%s is a', () => {});", [['%s is a', null]]],
    [
      'for each row',
      "test.each([['b', 1], ['c', 2]])('%s is a', () => {});",
      [
        ['b is a', null],
        ['c is a', null],
      ],
    ],
    [
      'of a table above',
      "const all = ['b']; test.each([...all, 'c'])('%s', () => {});",
      [
        ['b', null],
        ['c', null],
      ],
    ],
    ['but not of an empty table', "test.each([])('%s is a', () => {});", []],
    ['with a name of parts', `for (const one of all) test(\`a \${one} b\`, () => {});`, [['a … b', null]]],
    ['of a function', "describe('b', () => both()); function both() { test('a', () => {}); }", [['a', null]]],
    ['unless it is skipped', "test.skip('a', () => {});", [['a', 'skip']]],
    ['unless it is to do', "test.todo('a');", [['a', 'todo']]],
    ['unless it must fail', "test.fails('a', () => {});", [['a', 'fails']]],
    ['unless it asks', "test.skipIf(isOff)('a', () => {});", [['a', 'skipIf']]],
    [
      'unless its group is skipped',
      "describe.skip('b', () => { test('a', () => {}); });",
      [['b › a', 'skip']],
    ],
    ['unless it stands behind a condition', "if (isOn) test('a', () => {});", [['a', 'a condition']]],
    ['unless it skips itself', "test('a', (context) => { context.skip(); });", [['a', 'a skip inside']]],
    ['unless it is a comment', "// test('a', () => {});", []],
    ['unless nobody calls it', "function both() { test('a', () => {}); }", [['a', 'nobody calls both']]],
    [
      'unless it is called in a skipped group alone',
      "describe.skipIf(isOff)('b', () => both()); function both() { test('a', () => {}); }",
      [['a', 'nobody calls both']],
    ],
  ])('%s', (_name, source, found) => {
    expect(writtenTests(source).map(({ title, keptBy }) => [title, keptBy])).toEqual(found);
  });
});
