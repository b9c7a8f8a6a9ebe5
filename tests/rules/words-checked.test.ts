/** A table of words is held against its list by the compiler (`satisfies`): a cast would let a key be forgotten until it is read. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('no table of words is cast to its type', () => {
  const casts = globSync('src/i18n/**/*.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bas (?:\w+<)?Record</g)].map(() => file),
  );
  expect(casts).toEqual([]);
});
