import { expect, test } from 'vitest';
import { wordDiff } from '../../src/domain/wording/templates/word-diff.ts';

const shown = (before: string, after: string): string =>
  wordDiff(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : `${kind === 'added' ? '+' : '-'}[${text}]`))
    .join('');

test.each([
  ['the same', 'the same', 'the same'],
  ['', '', ''],
  ['', 'new', '+[new]'],
  ['old', '', '-[old]'],
  ['one two three', 'one 2 three', 'one -[two ]+[2 ]three'],
  ['a b c', 'b c', '-[a ]b c'],
  ['a b', 'a b c', 'a -[b]+[b c]'],
  ['first line\nsecond', 'first line\n\nsecond', 'first -[line\n]+[line\n\n]second'],
])('“%s” becomes “%s”', (before, after, expected) => {
  expect(shown(before, after)).toBe(expected);
});

test('both texts can be put together again from the pieces, however long', () => {
  const before = Array.from({ length: 3_000 }, (_, at) => `word${at % 7}`).join(' ');
  const after = Array.from({ length: 3_000 }, (_, at) => `word${at % 5}`).join(' ');
  const pieces = wordDiff(before, after);
  const without = (kind: string) =>
    pieces
      .filter((piece) => piece.kind !== kind)
      .map(({ text }) => text)
      .join('');
  expect([without('added'), without('removed')]).toEqual([before, after]);
});
