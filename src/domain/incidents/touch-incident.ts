import { type Tag, type Transaction, tagAt } from '../../../db/store.ts';
import { publicSince } from '../core/visibility.ts';

/** What decides whether the world sees an incident, as its row says it. */
type Shown = { id: string; categoryId: string } & Parameters<typeof publicSince>[0];

/**
 * Names what shows an incident: lists and feeds, its own page, its category's, and `more`. What is hidden from the world
 * touches none of them, or "as of" and the ETag of public pages would tell of it; what is held touches them at its instant.
 * `from` is when the change itself becomes public; at once by default. Texts, plan and review of a report, templates and groups
 * touch nothing until they are public.
 */
export function touchIncident(
  tx: Transaction,
  incident: Shown,
  { now, from = now }: { now: Date; from?: Date },
  ...more: readonly Tag[]
): void {
  const since = publicSince(incident);
  if (since === null) return;
  const at = new Date(Math.max(since.getTime(), from.getTime()));
  const tags: Tag[] = ['incidents', `incident:${incident.id}`, `category:${incident.categoryId}`, ...more];
  tx.touch(...(at > now ? tags.map((tag) => tagAt(tag, at)) : tags));
}

/**
 * Names an incident's past as changed for what keeps it (`public/kept-past.ts`) and for no page: a held update is undone
 * that nobody saw, but with it an incident was not over any more.
 */
export const touchPast = (tx: Transaction, incidentId: string): void => tx.touch(`past:${incidentId}`);
