/** What the report of an incident owes is decided in one place; everybody else asks it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const answering = 'domain/reports/obligations/obligation.ts';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.(ts|astro)$/.test(file),
);
const finding = (pattern: RegExp): string[] =>
  files.filter((file) => file !== answering && pattern.test(readFileSync(join('src', file), 'utf8')));

test.each([
  // A slot of the composer is required as well, which is another matter.
  [
    'whether it is required',
    /(?<!slot)\??\.isRequired\b\s*(?:[!=]==|\?|&&|\|\|)|(?:!|&& |\|\| |\(|= )(?!slot)\w+\??\.isRequired\b(?!,)/,
  ],
  ['whether it is required, in SQL', /\b(?:eq|ne|is(?:Not)?Null)\(\w*\.?reports?\.isRequired/],
  [
    'whether its obligation ended',
    /\breports?\??\.closedAt\b\s*(?:[!=]==|\?|&&|\|\|)|(?:!|&& |\|\| |if \()(?:\w+\.)?reports?\??\.closedAt\b/,
  ],
  ['whether its obligation ended, in SQL', /\bis(?:Not)?Null\((?:\w+\.)?reports\.closedAt/],
])('nobody else compares of a report %s', (_what, pattern) => {
  expect(finding(pattern)).toEqual([]);
});
