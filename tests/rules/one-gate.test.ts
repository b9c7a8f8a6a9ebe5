/** Whether something restricted is released is asked in one place, with the clock: a release may be still to come. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Where the question is answered; everybody else calls `isUnreleased`, or filters by `visibility.ts`. */
const answering = [
  'domain/restricted/released.ts',
  'domain/visibility.ts',
  // Since when, not whether.
  'domain/incidents/touch-incident.ts',
  'domain/public/next-change.ts',
  // Counts what was promised after a release, against the promise and not against now.
  'domain/promises/read-promise-record.ts',
];

test('the places that ask whether something is hidden without asking the clock are none', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(ts|astro)$/.test(file),
  );
  const asking = files.filter((file) =>
    /isRestricted\b[^;{},]*(?:&&|\|\|)[^;{},]*releasedAt|releasedAt\b[^;{},]*(?:&&|\|\|)[^;{},]*isRestricted/.test(
      readFileSync(join('src', file), 'utf8'),
    ),
  );
  expect(asking.filter((file) => !answering.includes(file))).toEqual([]);
});
