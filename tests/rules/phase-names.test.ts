/** What a phase means is a property of its table; nobody decides by its name whether things work again or are only announced. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.(ts|astro)$/.test(file) && file !== 'domain/incidents/phase.ts',
);

test.each(['monitoring', 'scheduled'])('nobody but the table asks whether a phase is %s', (phase) => {
  const asking = new RegExp(`\\b[pP]hase\\b\\)? [!=]== '${phase}'`);
  const found = files.filter((file) => asking.test(readFileSync(join('src', file), 'utf8')));
  expect(found).toEqual([]);
});
