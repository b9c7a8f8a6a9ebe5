import type { ComponentStatus, Language } from '../../../db/words.ts';
import { localeOf } from '../../i18n/time.ts';
import { worstStatus } from '../incidents/component-status.ts';

/** A stretch of time in which a component was not simply working; times in milliseconds UTC, `until` exclusive. */
export interface Stretch {
  from: number;
  until: number;
  status: ComponentStatus;
}

export interface AvailabilityWeights {
  partial: number;
  degraded: number;
}

/**
 * Availability in percent (U-07): 100 × (1 − Σ weight·duration ÷ counted time), weights major 1, partial and degraded
 * from the settings; maintenance is left out of the counted time. Null when nothing was counted.
 */
export function availability(
  stretches: readonly Stretch[],
  window: { from: number; until: number },
  weights: AvailabilityWeights,
): number | null {
  let maintenance = 0;
  let lost = 0;
  for (const { from, until, status } of flatten(stretches, window)) {
    if (status === 'under_maintenance') maintenance += until - from;
    else lost += (until - from) * weightOf(status, weights);
  }
  const counted = window.until - window.from - maintenance;
  return counted > 0 ? 100 * (1 - lost / counted) : null;
}

function weightOf(status: ComponentStatus, weights: AvailabilityWeights): number {
  if (status === 'major_outage') return 1;
  if (status === 'partial_outage') return weights.partial;
  return status === 'degraded_performance' ? weights.degraded : 0;
}

/** Overlapping stretches as a sequence without overlap, the worst status winning, cut to the window. */
export function flatten(stretches: readonly Stretch[], window: { from: number; until: number }): Stretch[] {
  const cut = stretches
    .map((s) => ({ ...s, from: Math.max(s.from, window.from), until: Math.min(s.until, window.until) }))
    .filter((s) => s.until > s.from && s.status !== 'operational');
  if (isFlat(cut)) return cut;
  // One walk over all beginnings and ends, counting what goes on: looking at every stretch for each of them is quadratic.
  const edges = cut
    .flatMap(({ from, until, status }) => [
      { at: from, status, by: 1 },
      { at: until, status, by: -1 },
    ])
    .sort((a, b) => a.at - b.at);
  const going = new Map<ComponentStatus, number>();
  const flat: Stretch[] = [];
  for (const [index, edge] of edges.entries()) {
    going.set(edge.status, (going.get(edge.status) ?? 0) + edge.by);
    const from = edge.at;
    const until = edges[index + 1]?.at;
    if (until === undefined) break;
    if (until === from) continue;
    const status = worstStatus([...going].flatMap(([each, count]) => (count > 0 ? [each] : [])));
    const last = flat.at(-1);
    if (status === 'operational') continue;
    if (last && last.until === from && last.status === status) last.until = until;
    else flat.push({ from, until, status });
  }
  return flat;
}

/** Whether they follow each other already, as most do that were flattened before. */
const isFlat = (stretches: readonly Stretch[]): boolean =>
  stretches.every(({ from, status }, at) => {
    const before = stretches[at - 1];
    return !before || before.until < from || (before.until === from && before.status !== status);
  });

/** "99.93 %": never rounded up to 100. */
export function percentText(value: number, language: Language): string {
  const shown = value >= 100 ? 100 : Math.floor(value * 100) / 100;
  const digits = new Intl.NumberFormat(localeOf(language), {
    maximumFractionDigits: 2,
  }).format(shown);
  return `${digits} %`;
}
