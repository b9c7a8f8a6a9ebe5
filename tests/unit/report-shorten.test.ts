import { expect, test } from 'vitest';
import { candidatesOf } from '../../src/domain/reports/suggestions.ts';

test('R-080: a long note from the log is cut in the middle of an emoji, and the rest is no character', () => {
  for (const before of [497, 498, 499, 500]) {
    const log = [{ id: 'n', at: new Date(0), text: `${'a'.repeat(before)}😀😀😀` }];
    const [candidate] = candidatesOf([], log, { used: new Set(), writtenIn: 'en' });
    expect(candidate?.text.en.isWellFormed()).toBe(true);
    expect(candidate?.text.en.length).toBeLessThanOrEqual(500);
  }
});
