import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { ComponentStatus, Language } from '../../../db/words.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import type { Settings } from '../core/settings/settings.ts';
import { arePublished } from '../core/visibility.ts';
import { worstStatus } from '../incidents/component-status.ts';
import { findLists, type IncidentList } from '../incidents/find-lists.ts';
import { isAnnounced, isFinal } from '../incidents/phase.ts';
import { type TeamIncident, tellIncidents } from '../incidents/team-incident.ts';
import { statusNow } from '../public/catalogue.ts';
import { categoryStatus } from '../public/headline.ts';

export interface OpenIncident extends TeamIncident {
  status: ComponentStatus;
  isOverdue: boolean;
  /** A language in which the newest update is missing; false while it has none. */
  isTranslationPending: boolean;
}

interface Tile {
  id: string;
  slug: string;
  name: Record<Language, string>;
  short: Record<Language, string>;
  status: ComponentStatus;
  /** An open incident of the category: what a new one would probably double. */
  open: OpenIncident | null;
}

export interface Desk {
  settings: Settings;
  /** The most urgent first, then what is due first; what is only announced comes last. */
  open: OpenIncident[];
  /** How many more are open than stand there. */
  more: number;
  /** Open ones whose promise has passed, the longest overdue first. */
  overdue: OpenIncident[];
  tiles: Tile[];
}

/** More open at once than anybody could read. */
const openLimit = 200;

/** What is open, what is owed, and a tile per public category. Restricted categories have no tile. Six queries. */
export async function readDesk(context: Context): Promise<Desk> {
  authorize(context, 'incidents.read');
  const settings = await readSettings(context.store);
  const found = await findLists(context, { open: listOfOpen(context) });
  const open = openOf(await tellIncidents(context, found.open.rows), context);
  return deskOf({ settings, open, more: found.open.more }, await readTileRows(context));
}

/** What is open: what is happening first, then what is announced, the next one first. */
export function listOfOpen({ store, now }: Context): IncidentList {
  const { incidents } = store.tables;
  const isOpen = or(isNull(incidents.openUntil), gt(incidents.openUntil, now));
  // What affects customers and has no update stands in a list of its own; with a reason it is settled.
  const isWorkedOn = or(
    arePublished(incidents),
    and(eq(incidents.affectsCustomers, false), isNull(incidents.notPublicReason)),
  );
  // What is announced for long from now must not push out what is happening.
  const announcedLast = sql`case when ${incidents.phase} = 'scheduled' then 1 else 0 end`;
  const nextWindow = sql`case when ${incidents.phase} = 'scheduled' then ${incidents.scheduledFor} end`;
  return { where: and(isOpen, isWorkedOn), first: [announcedLast, nextWindow], limit: openLimit };
}

/** What was found, told with its updates, and how each stands now. Pure. */
export function openOf(found: readonly TeamIncident[], { now, offered }: Context): OpenIncident[] {
  // A maintenance that completed itself is over before its job has run.
  const isOver = ({ phase, updates }: TeamIncident): boolean => isFinal(phase) && !updates[0]?.isHeld;
  return found
    .filter((incident) => !isOver(incident))
    .map((incident): OpenIncident => {
      const texts = incident.updates[0]?.texts;
      return {
        ...incident,
        status: worstStatus(incident.stated.map(({ status }) => status)),
        isOverdue: incident.nextUpdateBy !== null && incident.nextUpdateBy <= now,
        isTranslationPending: texts !== undefined && offered.some((language) => !texts[language]),
      };
    });
}

/** The public categories in order, with each of their components. One query. */
export function readTileRows({ store }: Context) {
  const { tables, read } = store;
  const { categories, components } = tables;
  return read
    .select({ category: categories, part: components })
    .from(categories)
    .leftJoin(components, and(eq(components.categoryId, categories.id), isNull(components.archivedAt)))
    .where(and(isNull(categories.archivedAt), eq(categories.isRestricted, false)))
    .orderBy(asc(categories.position), asc(categories.id));
}

/** A P0 first, then a P1, once somebody said so; what is due tells the others apart. */
const urgency = ({ isReviewed, priority }: OpenIncident): number =>
  isReviewed && (priority === 'P0' || priority === 'P1') ? Number(priority[1]) : 2;
const dueFirst = ({ nextUpdateBy }: OpenIncident): number =>
  nextUpdateBy?.getTime() ?? Number.MAX_SAFE_INTEGER;

/** The desk of what was read. Pure. */
export function deskOf(
  { settings, open, more }: Pick<Desk, 'settings' | 'open' | 'more'>,
  tileRows: Awaited<ReturnType<typeof readTileRows>>,
): Desk {
  const tileCategories = new Map(tileRows.map(({ category }) => [category.id, category]));
  const partsOf = Map.groupBy(
    tileRows.flatMap(({ part }) => part ?? []),
    ({ categoryId }) => categoryId,
  );
  const now = statusNow(open.flatMap(({ stated }) => stated));
  const statusOf = (id: string): ComponentStatus => now.get(id) ?? 'operational';
  return {
    settings,
    more,
    open: open.toSorted(
      (a, b) =>
        Number(isAnnounced(a.phase)) - Number(isAnnounced(b.phase)) ||
        urgency(a) - urgency(b) ||
        dueFirst(a) - dueFirst(b),
    ),
    overdue: open
      .filter((incident) => incident.isOverdue)
      .sort((a, b) => Number(a.nextUpdateBy) - Number(b.nextUpdateBy)),
    tiles: [...tileCategories.values()].map((row) => ({
      id: row.id,
      slug: row.slug,
      name: row.name,
      short: row.short,
      // As the public page will say it, held updates included.
      status: worstStatus([
        statusOf(row.id),
        categoryStatus((partsOf.get(row.id) ?? []).map((part) => ({ ...part, status: statusOf(part.id) }))),
      ]),
      open: open.find((i) => i.category.id === row.id && i.kind === 'incident') ?? null,
    })),
  };
}
