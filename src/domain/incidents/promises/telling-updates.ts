import type { Phase } from '../../../../db/words.ts';
import { newestFirst } from '../phase.ts';

export interface ToldUpdate {
  id: string;
  phase: Phase;
  displayAt: Date;
  publishedAt: Date;
  nextUpdateBy: Date | null;
}

export interface Telling<U extends ToldUpdate> {
  update: U;
  /** The phase that readers saw before it; null for the first. */
  before: Phase | null;
}

/**
 * The updates that were news when they became public, oldest first: each the newest by display time among those public
 * then. A backdated one tells nothing new: it neither answers a promise nor makes one.
 */
export function tellingUpdates<U extends ToldUpdate>(updates: readonly U[]): Telling<U>[] {
  const inOrder = updates.toSorted(
    (a, b) => a.publishedAt.getTime() - b.publishedAt.getTime() || newestFirst(b, a),
  );
  const telling: Telling<U>[] = [];
  for (const update of inOrder) {
    const last = telling.at(-1)?.update;
    if (!last || newestFirst(update, last) < 0) telling.push({ update, before: last?.phase ?? null });
  }
  return telling;
}
