/** Words that are put right with an end or a start. */
import { describe, expect, test } from 'vitest';
import { swapped } from '../../src/domain/incidents/updates/move-end.ts';

describe('what a corrected end or start changes in the words of an update', () => {
  test.each([
    ['the duration', 'It lasted 52 min.', 'It lasted 1 h.'],
    ['the first of two', '52 min, yes, 52 min.', '1 h, yes, 52 min.'],
    ['not the end of another number', 'It lasted 152 min.', 'It lasted 152 min.'],
    ['not the end of another number, but what follows', 'After 152 min or 52 min.', 'After 152 min or 1 h.'],
    ['not what follows hours', 'It lasted 3:52 min.', 'It lasted 3:52 min.'],
  ])('%s', (_what, before, after) => {
    expect(swapped(before, [['52 min', '1 h']])).toBe(after);
  });

  test('what is right now is taken as it is', () => {
    expect(swapped('Until 03:12.', [['03:12', '$1 04:12']])).toBe('Until $1 04:12.');
  });
});
