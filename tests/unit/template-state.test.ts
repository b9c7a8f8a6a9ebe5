import { describe, expect, test } from 'vitest';
import {
  isStale,
  templateState,
  type VersionFacts,
} from '../../src/domain/wording/templates/template-state.ts';

const now = new Date('2026-11-20T02:12:00Z');
const minute = 60_000;
const at = (minutes: number) => new Date(now.getTime() + minutes * minute);

/** `v` a version, `+` approved, `!` expired, `~2` follows version 2 of the other language: "3+~2". Newest first. */
function versions(words: string): VersionFacts[] {
  return words
    .split(' ')
    .filter(Boolean)
    .map((word) => {
      const [, version = '', approved, expired, , source] = /^(\d+)(\+?)(!?)(~(\d+))?$/.exec(word) ?? [];
      return {
        version: Number(version),
        sourceVersion: source ? Number(source) : null,
        approvedAt: approved ? at(-60) : null,
        validUntil: expired ? now : approved ? at(1) : null,
      };
    });
}

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
    expect(templateState(versions(own), versions(other), versions(base), now)).toBe(state);
  });

  test('a text is over from the very instant on', () => {
    const [until] = versions('1+');
    expect(until && templateState([until], [], [], new Date(at(1).getTime() - 1))).toBe('approved');
    expect(until && templateState([until], [], [], at(1))).toBe('expired');
  });

  test.each([
    ['1~1', '', false],
    ['', '1', false],
    ['1', '5', false],
    ['1~1', '2', true],
    ['3~1', '2~2', true],
    ['2~1', '2~2', false],
  ])('%s beside %s', (own, other, stale) => {
    expect(isStale(versions(own)[0], versions(other)[0])).toBe(stale);
  });
});
