import type { ComponentStatus } from '../../../db/words.ts';
import { worstStatus } from './component-status.ts';

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
  const edges = [...new Set(cut.flatMap((s) => [s.from, s.until]))].sort((a, b) => a - b);
  const flat: Stretch[] = [];
  for (const [at, from] of edges.entries()) {
    const until = edges[at + 1];
    if (until === undefined) break;
    const status = worstStatus(cut.filter((s) => s.from < until && s.until > from).map((s) => s.status));
    const last = flat.at(-1);
    if (status === 'operational') continue;
    if (last && last.until === from && last.status === status) last.until = until;
    else flat.push({ from, until, status });
  }
  return flat;
}

/** "99.93 %": never rounded up to 100. */
export function percentText(value: number, language: 'en' | 'de'): string {
  const shown = value >= 100 ? 100 : Math.floor(value * 100) / 100;
  const digits = new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    maximumFractionDigits: 2,
  }).format(shown);
  return `${digits} %`;
}
