import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Settings } from '../settings/settings.ts';
import { type CategoryLine, readCatalogue } from './catalogue.ts';
import { nextChange } from './next-change.ts';
import { readNinetyDays } from './ninety-days.ts';
import { isOver, type PublicIncident, readPublicIncidents } from './public-incident.ts';

export interface CategoryPage {
  settings: Settings;
  asOf: Date;
  category: CategoryLine;
  parent: CategoryLine | null;
  children: CategoryLine[];
  /** Open incidents and running maintenances. */
  open: PublicIncident[];
  /** Announced maintenances, the next one first. */
  planned: PublicIncident[];
  past: PublicIncident[];
  validUntil: Date;
}

/** How many past incidents a category page lists; the history has all. */
const pastCount = 25;

/** One public category, or null when the world may not see it. */
export async function readCategoryPage(context: Context, slug: string): Promise<CategoryPage | null> {
  const { incidents, categories } = context.store.tables;
  const settings = await readSettings(context.store);
  const history = await readNinetyDays(context, settings.time_zone);
  const current = await readPublicIncidents(
    context,
    or(isNull(incidents.openUntil), gt(incidents.openUntil, context.now)),
  );
  const catalogue = await readCatalogue(context, { settings, history, incidents: current });
  const category = catalogue.find((line) => line.slug === slug);
  if (!category) return null;
  const ended = await readPublicIncidents(
    context,
    and(eq(categories.slug, slug), lte(incidents.openUntil, context.now)),
    pastCount,
  );
  const own = current.filter((incident) => incident.category.slug === slug);
  return {
    settings,
    asOf: context.now,
    category,
    parent: catalogue.find((line) => line.id === category.parentId) ?? null,
    children: catalogue.filter((line) => line.parentId === category.id),
    open: own.filter((incident) => !isOver(incident) && incident.phase !== 'scheduled'),
    planned: own.filter(({ phase }) => phase === 'scheduled').reverse(),
    // One whose reopening is held has ended still, though it counts as open already.
    past: [...ended, ...own].filter(isOver).sort(byStart).slice(0, pastCount),
    validUntil: await nextChange(context, settings.time_zone),
  };
}

/** Newest start first, then id. */
const byStart = (a: PublicIncident, b: PublicIncident): number =>
  b.startedAt.getTime() - a.startedAt.getTime() || (a.id < b.id ? 1 : -1);
