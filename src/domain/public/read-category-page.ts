import { and, eq, gt, isNull, or } from 'drizzle-orm';
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
  open: PublicIncident[];
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
  const current = await readPublicIncidents(context, or(isNull(incidents.openUntil), gt(incidents.openUntil, context.now)));
  const catalogue = await readCatalogue(context, { settings, history, incidents: current });
  const category = catalogue.find((line) => line.slug === slug);
  if (!category) return null;
  const own = await readPublicIncidents(context, and(eq(categories.slug, slug)), pastCount);
  return {
    settings,
    asOf: context.now,
    category,
    parent: catalogue.find((line) => line.id === category.parentId) ?? null,
    children: catalogue.filter((line) => line.parentId === category.id),
    open: current.filter((incident) => incident.category.slug === slug && !isOver(incident)),
    past: own.filter(isOver),
    validUntil: await nextChange(context, settings.time_zone),
  };
}
