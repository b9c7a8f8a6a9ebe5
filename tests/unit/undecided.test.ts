import { expect, test } from 'vitest';
import { isUndecided } from '../../src/domain/people/tokens/undecided.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 20, 2, minute));

test.each([
  ['never changed', 1, null, null, false],
  ['changed after it was made', 1, null, 5, true],
  ['made afterwards', 6, null, 5, false],
  ['made at the same instant', 5, null, 5, true],
  ['kept afterwards', 1, 6, 5, false],
  ['kept at the same instant', 1, 5, 5, false],
  ['kept, and the password was changed once more', 1, 6, 9, true],
])('a token waits for a decision when a password changes: %s', (_what, created, kept, changed, waits) => {
  const token = { createdAt: at(created), keptAt: kept === null ? null : at(kept) };
  expect(isUndecided(token, changed === null ? null : at(changed))).toBe(waits);
});
