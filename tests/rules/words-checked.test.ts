/** A table of words is held against its list by the compiler (`satisfies`): a cast would let a key be forgotten until it is read. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('no table of words is cast to its type', () => {
  const casts = readdirSync('src/i18n').flatMap((file) =>
    [...readFileSync(`src/i18n/${file}`, 'utf8').matchAll(/\bas (?:\w+<)?Record</g)].map(() => file),
  );
  expect(casts).toEqual([]);
});
