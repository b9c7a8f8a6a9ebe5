import type { PublicIncident } from './public-incident.ts';

/** Whether an incident was open at any time of a day; one that was cancelled counts on the day of that. */
export function wasOpenOn(
  { startedAt, resolvedAt, phase }: Pick<PublicIncident, 'startedAt' | 'resolvedAt' | 'phase'>,
  { from, until }: { from: Date; until: Date },
): boolean {
  const begin = phase === 'cancelled' ? (resolvedAt ?? startedAt) : startedAt;
  return begin < until && (resolvedAt === null || resolvedAt >= from);
}
