import { describe, expect, test } from 'vitest';
import { isBehind, type Written } from '../../src/domain/wording/templates/behind.ts';
import { templateState } from '../../src/domain/wording/templates/template-state.ts';

const now = new Date('2026-11-20T02:12:00Z');
const minute = 60_000;
const at = (minutes: number) => new Date(now.getTime() + minutes * minute);

/** `+` approved, `!` expired, `~2` follows version 2 of the first other language, `@5` written at minute 5: "3+~2@5". Newest first. */
function versions(words: string): Written[] {
  return words
    .split(' ')
    .filter(Boolean)
    .map((word) => {
      const [, version = '', approved, expired, source, minutes = '0'] =
        /^(\d+)(\+?)(!?)(?:~(\d+))?(?:@(\d+))?$/.exec(word) ?? [];
      return {
        version: Number(version),
        sourceVersion: source ? Number(source) : null,
        createdAt: at(Number(minutes)),
        approvedAt: approved ? at(-60) : null,
        validUntil: expired ? now : approved ? at(1) : null,
      };
    });
}

/** Whether the newest of these versions is behind the newest of the others, in a product of two languages. */
const isBehindOne = (own: string, other: string): boolean =>
  isBehind({ language: 'a', newest: versions(own)[0] }, { language: 'b', newest: versions(other)[0] }, [
    'a',
    'b',
  ]);

describe('R-141: the state of a text', () => {
  test.each([
    ['nothing anywhere', '', '', '', 'missing'],
    ['only the base has it', '', '', '1', 'inherited'],
    ['the base has it in the other language alone', '', '1', '', 'missing'],
    ['shipped, never approved', '1~1', '1~1', '', 'not_approved'],
    ['own, though the base is approved', '1', '', '1+', 'not_approved'],
    ['approved', '1+~1', '1+~1', '', 'approved'],
    ['the newest of two approved', '2+ 1+', '', '', 'approved'],
    ['a newer version waits', '2 1+', '', '', 'draft'],
    ['a newer version waits, and the other language moved on', '2~1 1+', '2', '', 'draft'],
    ['approved, then over', '1+!', '', '', 'expired'],
    ['the newest is over, though an older one is not', '2+! 1+', '', '', 'expired'],
    ['a newer version waits, and what was approved is over', '2 1+!', '', '', 'expired'],
    ['the other language has a newer version', '1+~1', '2+ 1+~1', '', 'stale'],
    ['the newer version of the other language waits itself', '1+~1', '2 1+~1', '', 'stale'],
    ['the newer version of the other language says the same', '1+~1', '2+~1 1+~1', '', 'approved'],
    ['it follows the newest of the other language', '2+~2 1+~1', '2+ 1+~1', '', 'approved'],
    ['it is the one that moved on', '2+ 1+~1', '1+~1', '', 'approved'],
  ])('%s', (_name, own, other, base, state) => {
    expect(templateState(versions(own), isBehindOne(own, other), versions(base), now)).toBe(state);
  });

  test('a text is over from the very instant on', () => {
    const [until] = versions('1+');
    expect(until && templateState([until], false, [], new Date(at(1).getTime() - 1))).toBe('approved');
    expect(until && templateState([until], false, [], at(1))).toBe('expired');
  });

  test.each([
    ['1~1', '', false],
    ['', '1', false],
    ['1', '5', false],
    ['1~1', '2', true],
    ['3~1', '2~2', true],
    ['2~1', '2~2', false],
  ])('%s beside %s', (own, other, stale) => {
    expect(isBehindOne(own, other)).toBe(stale);
  });
});

describe('R-141: which of three languages are behind', () => {
  const order = ['a', 'b', 'c'];
  test.each([
    ['all were made together', '1~1', '1~1', '1~1', ''],
    ['the first moved on alone', '2@1', '1~1', '1~1', 'b c'],
    ['the first moved on, and the second with it', '2~2@1', '2~2@1', '1~1', ''],
    ['the first moved on, and the second came after it', '2@1', '2~2@2', '1~1', 'c'],
    ['the first moved on, and both came after it', '2@1', '2~2@2', '2~2@3', ''],
    ['the first was changed and all still say the same', '2~1@1', '1~1', '1~1', ''],
    ['so it was after the third had been twice', '2~1@3', '1~1', '3~1@2', ''],
    ['the second moved on alone', '1~1', '2@1', '1~1', 'a c'],
    ['the second was changed and all still say the same', '1~1', '2~1@1', '1~1', ''],
    ['the second moved on, and the third came after it', '1~1', '2@1', '2~1@2', 'a'],
    ['the second moved on, and all came after it', '2~2@2', '2@1', '2~2@3', ''],
    ['the third moved on alone', '1~1', '1~1', '2@1', 'a b'],
    ['the third was changed and all still say the same', '1~1', '1~1', '2~1@1', ''],
    ['the third moved on, and the first came after it', '2~1@2', '1~1', '2@1', 'b'],
    ['the third moved on, and all came after it', '2~1@2', '2~2@3', '2@1', ''],
    ['two moved on together', '2@1', '2@1', '1~1', 'c'],
    ['the third is new and says what it wants', '1~1', '1~1', '1@1', ''],
    ['the third comes with the product after the first moved on', '3', '', '1~1@1', 'c'],
    ['the first is missing, and the second moved on', '', '2@1', '1~0', 'c'],
    ['the first is missing, and both were changed together', '', '2~0@1', '2~0@1', ''],
    ['the first is missing and is written at last', '1@2', '2~0@1', '2~0@1', 'b c'],
  ])('%s', (_name, a, b, c, behind) => {
    const texts = [a, b, c].map((words, at) => ({ language: order[at], newest: versions(words)[0] }));
    const found = texts.filter((own) => texts.some((other) => other !== own && isBehind(own, other, order)));
    expect(found.map(({ language }) => language).join(' ')).toBe(behind);
  });
});
