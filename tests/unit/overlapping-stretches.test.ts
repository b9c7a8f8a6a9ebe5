import { expect, test } from 'vitest';
import { worstStatus } from '../../src/domain/incidents/component-status.ts';
import { flatten, type Stretch } from '../../src/domain/public/availability.ts';

/** At each instant the worst of what goes on, looked at one by one. */
const worstAt = (all: readonly Stretch[], at: number) =>
  worstStatus(all.filter((s) => s.from <= at && at < s.until).map((s) => s.status));

test('overlapping stretches: at each instant the worst of what goes on, without overlap, in order', () => {
  const levels = [
    'operational',
    'degraded_performance',
    'partial_outage',
    'major_outage',
    'under_maintenance',
  ] as const;
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let run = 0; run < 300; run += 1) {
    const all = Array.from({ length: random(12) }, (): Stretch => {
      const from = random(40) - 5;
      return { from, until: from + random(12), status: levels[random(5)] ?? 'operational' };
    });
    const flat = flatten(all, { from: 0, until: 30 });
    for (let at = 0; at < 30; at += 1) expect(worstAt(flat, at)).toBe(worstAt(all, at));
    for (const [at, { from, until }] of flat.entries()) {
      expect(until).toBeGreaterThan(from);
      expect(from).toBeGreaterThanOrEqual(flat[at - 1]?.until ?? 0);
    }
  }
});
