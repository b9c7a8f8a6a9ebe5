import { describe, expect, test } from 'vitest';
import { elapsed, isBefore, isSameMinute, pulledAfter } from '../../src/domain/core/minute.ts';
import { onPage } from '../../src/domain/public/public-report.ts';
import { outOfOrder, stagesOf } from '../../src/domain/reports/milestones/durations.ts';

const at = (clock: string): Date => new Date(`2026-11-20T${clock}Z`);

describe('a time typed to the minute means any moment of its minute', () => {
  test.each([
    ['00:16:00', '00:16:32', false],
    ['00:16:00', '00:16:00', false],
    ['00:17:00', '00:16:32', false],
    ['00:15:00', '00:16:32', true],
    ['00:15:00', '00:16:00', true],
    // Seconds were said, so it is sure.
    ['00:16:10', '00:16:32', true],
    ['00:15:59.999', '00:16:00', true],
  ])('%s is before %s: %s', (one, other, is) => {
    expect(isBefore(at(one), at(other))).toBe(is);
  });

  test('what is in order to the minute takes no time less than none', () => {
    expect(elapsed(at('00:16:32'), at('00:16:00'))).toBe(0);
    expect(elapsed(at('00:16:32'), at('00:17:02'))).toBe(30_000);
    expect(isSameMinute(at('00:16:32'), at('00:16:00'))).toBe(true);
  });

  test('it is pulled behind a moment of its minute, and only of its minute', () => {
    expect(pulledAfter(at('00:16:00'), at('00:16:32'))).toEqual(at('00:16:32.001'));
    expect(pulledAfter(at('00:15:00'), at('00:16:32'))).toEqual(at('00:15:00'));
    expect(pulledAfter(at('00:16:10'), at('00:16:32'))).toEqual(at('00:16:10'));
    expect(pulledAfter(at('00:16:59'), at('00:16:32'))).toEqual(at('00:16:59'));
  });

  test('a start at 00:16:32 and "detected" typed as 00:16 are in order, and its stage lasts nothing', () => {
    const moments = { started: at('00:16:32'), detected: at('00:16:00'), diagnosed: at('00:20:00') };
    expect(outOfOrder(moments)).toBeNull();
    expect(stagesOf(moments).detection).toBe(0);
    expect(outOfOrder({ ...moments, detected: at('00:15:00') })).toEqual({
      milestone: 'detected',
      before: 'started',
    });
  });

  test('page and report that name the same minutes do not tell of two lengths', () => {
    const page = { startedAt: at('00:16:32'), endedAt: at('00:52:40') };
    const recovered = at('00:52:00');
    expect(onPage(page, { started: page.startedAt, recovered })).toBeNull();
    expect(onPage(page, { started: page.startedAt, recovered: at('00:40:00') })).toMatchObject({
      endedAt: page.endedAt,
    });
    expect(onPage(page, { started: page.startedAt })).toBeNull();
  });
});
