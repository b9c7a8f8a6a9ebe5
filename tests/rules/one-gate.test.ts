/** Whether something is out, hidden or allowed is asked in one place, with the clock: a release may be still to come. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Where the question is answered; everybody else calls what stands there. */
const answering = [
  'domain/core/visibility.ts',
  // When, not whether.
  'domain/public/next-change.ts',
  'domain/public/kept-past.ts',
];

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.(ts|astro)$/.test(file),
);
const finding = (pattern: RegExp): string[] =>
  files.filter((file) => !answering.includes(file) && pattern.test(readFileSync(join('src', file), 'utf8')));

test('the places that ask whether something is hidden without asking the clock are none', () => {
  expect(
    finding(
      /isRestricted\b[^;{},]*(?:&&|\|\|)[^;{},]*releasedAt|releasedAt\b[^;{},]*(?:&&|\|\|)[^;{},]*isRestricted/,
    ),
  ).toEqual([]);
});

test.each([
  ['against the clock', /(?:[pP]ublish|[rR]eleas)edAt (?:<=?|>=?|[!=]==) (?:now|\w+\.now)\b/],
  ['against the clock, in SQL', /\b(?:lte?|gte?)\([\w.]*(?:[pP]ublish|[rR]eleas)edAt, (?:now|\w+\.now)\)/],
  ['with nothing', /\w\.(?:publish|releas)edAt [!=]==? null/],
  ['with nothing, in SQL', /\bis(?:Not)?Null\([\w.]*(?:[pP]ublish|[rR]eleas)edAt\)/],
])('nobody else compares an instant of publication or release %s', (_how, pattern) => {
  expect(finding(pattern)).toEqual([]);
});

test('nobody but the table of permissions asks for a role by name', () => {
  expect(
    finding(/\broles\)?\.(?:has|includes)\('|\brole === '(?:csup|sre|engineer|manager|security|admin)'/),
  ).toEqual([]);
});
