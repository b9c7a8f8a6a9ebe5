/** What a reason is, wherever one is asked for. */
import { describe, expect, test } from 'vitest';
import { isExplanation, isReason, reason, reasonIfAny } from '../../src/domain/core/reason.ts';

describe('an SRE closed a P2 with 41 × "x": a reason says something', () => {
  test.each([
    'Many report it',
    'Vertretung',
    'Fehlalarm',
    'A drill of a customer',
    'Duplicate of https://example.com/4711',
    '[OPS-12] counted twice by the probe',
    'Das Prüfsystem zählte doppelt.',
    '监控系统误报，已确认没有影响',
  ])('yes: %s', (text) => {
    expect(isReason(text)).toBe(true);
  });

  test.each([
    '',
    '   ',
    'x',
    'x'.repeat(41),
    'so P3',
    'ok ok ok ok ok ok',
    'asdf asdf asdf',
    'mistake mistake mistake mistake',
    'abcabcabcabc',
    '. . . . . . . . . . . .',
    '1111111111 2222222222',
    '[Reason]',
    '{reason}',
    '{{ reason }} [TODO]',
  ])('no: %j', (text) => {
    expect(isReason(text)).toBe(false);
  });

  test.each([
    ['x'.repeat(41), false],
    ['xy '.repeat(20), false],
    ['A routing change was faulty; taken back at 04:12; the probe is green since.', true],
    ['too short to explain it', false],
    ['Donaudampfschifffahrtsgesellschaftskapitänsmütze', false],
    [
      `The cause was a certificate. ${'The certificate was renewed and the check was repeated. '.repeat(40)}`,
      true,
    ],
  ])('an explanation: %j is %s', (text, expected) => {
    expect(isExplanation(text)).toBe(expected);
  });

  test('given or not: absent is for the verb to refuse, what says nothing is refused here', () => {
    const keys = (schema: ReturnType<typeof reason>, text: string) =>
      (schema.safeParse(text).error?.issues ?? []).map(({ message }) => message);
    expect(keys(reasonIfAny(), ' ')).toEqual([]);
    expect(keys(reasonIfAny(), 'xxx')).toEqual(['reason_thin']);
    expect(keys(reason(), ' ')).toEqual(['required']);
    expect(keys(reason(), 'xxx')).toEqual(['reason_thin']);
    expect(keys(reason(), 'The probe was wrong')).toEqual([]);
  });
});
