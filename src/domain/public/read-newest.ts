import { and, eq, lt, lte, or, type SQL } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { notFound } from '../core/errors.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import { publicIncidents } from '../core/visibility.ts';
import { nextChange } from './next-change.ts';
import { currentAndNewest, isOver, type PublicIncident, readPublicIncidents } from './public-incident.ts';

/** Past incidents of the public list; the history pages have all. */
const pastCount = 50;

/**
 * All that is open, running or announced, and the newest that are over, newest start first, with all their updates; after
 * an id of the list, those that are over and follow it. `next` is the id to go on after, null at the end.
 */
export async function readNewest(
  context: Context,
  before: string | null = null,
): Promise<{ incidents: PublicIncident[]; next: string | null; validUntil: Date }> {
  const settings = await readSettings(context.store);
  const { incidents } = context.store.tables;
  const isPast = lte(incidents.openUntil, context.now);
  const found =
    before === null
      ? await readPublicIncidents(context, currentAndNewest(context, pastCount))
      : await readPublicIncidents(context, and(isPast, await startsBefore(context, before)), pastCount);
  // One whose reopening is held has ended still, though it counts as open already.
  const past = found.filter(isOver);
  const last = past.length >= pastCount ? past.at(-1) : undefined;
  const more = last
    ? await readPublicIncidents(context, and(isPast, await startsBefore(context, last.id)), 1)
    : [];
  return {
    incidents: found,
    next: more.length > 0 ? (last?.id ?? null) : null,
    validUntil: await nextChange(context, settings.time_zone),
  };
}

/** What stands after a public incident in a list by start, newest first; where a hidden one stands is not found. */
async function startsBefore({ store, now }: Context, id: string): Promise<SQL | undefined> {
  const { incidents } = store.tables;
  const [from] = await store.read
    .select({ at: incidents.startedAt })
    .from(incidents)
    .where(and(eq(incidents.id, id), publicIncidents(store.tables, now)));
  if (!from) throw notFound();
  return or(lt(incidents.startedAt, from.at), and(eq(incidents.startedAt, from.at), lt(incidents.id, id)));
}
