import { pulledAfter } from '../../core/minute.ts';
import { isOut } from '../../core/visibility.ts';
import type { PostUpdateInput } from '../incident-input.ts';
import type { Update } from './timeline.ts';

/** When an update was true and when the world may see it, UTC. */
export interface When {
  displayAt: Date;
  publishedAt: Date;
}

interface Dated {
  updates: readonly Update[];
  /** What a maintenance has planned ahead. */
  planned: readonly Update[];
  startedAt: Date;
}

/**
 * When an update is public and when it was true. One that comes while others are held follows them, or the phases would go
 * backwards; and it is never held beyond the instant at which a maintenance starts or completes itself. A hold ends a
 * millisecond before such an edge, or an extension in the last seconds would come after the end.
 */
export function timesOf(
  { updates, planned, startedAt }: Dated,
  input: Pick<PostUpdateInput, 'holdSeconds' | 'displayAt' | 'endedAt' | 'startedAt'>,
  now: Date,
): When {
  const held = updates
    .filter((update) => !isOut(update, now))
    .map((update) => update.publishedAt.getTime() + 1);
  const edges = planned.map((update) => update.publishedAt.getTime() - 1);
  const wanted = Math.min(now.getTime() + (input.holdSeconds ?? 0) * 1_000, ...edges);
  const publishedAt = new Date(Math.max(now.getTime(), wanted, ...held));
  const said = input.endedAt ?? input.displayAt;
  // Of two that are dated alike, also to the minute that was typed, the one posted later stands later.
  const begun = input.endedAt ? [new Date(input.startedAt ?? startedAt)] : [];
  const before = [...updates.map(({ displayAt }) => displayAt), ...begun];
  const typed = before.reduce(pulledAfter, said ? new Date(said) : publishedAt);
  let at = typed.getTime();
  while (at < publishedAt.getTime() && updates.some((update) => update.displayAt.getTime() === at)) at += 1;
  return { displayAt: new Date(at), publishedAt };
}
