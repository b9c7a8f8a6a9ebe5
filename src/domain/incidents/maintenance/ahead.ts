import { isOut } from '../../core/visibility.ts';

interface Written {
  isPlanned: boolean;
  publishedAt: Date;
}

/** Written ahead by a maintenance that starts and completes itself, and not yet its time: it counts for nothing. Pure. */
export const isAhead = (update: Written, now: Date): boolean => update.isPlanned && !isOut(update, now);

/** What counts at `now`, held updates included, and apart from it what is only planned. Keeps the order. Pure. */
export function splitAhead<U extends Written>(
  updates: readonly U[],
  now: Date,
): { updates: U[]; planned: U[] } {
  return {
    updates: updates.filter((update) => !isAhead(update, now)),
    planned: updates.filter((update) => isAhead(update, now)),
  };
}
