import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import { oneOf } from '../../../db/one-of.ts';
import type { Language } from '../../../db/words.ts';
import type { Context } from '../core/context.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import type { Settings } from '../core/settings/settings.ts';
import { isAnnounced } from '../incidents/phase.ts';
import { type CategoryLine, readCatalogue } from './catalogue.ts';
import { nextChange } from './next-change.ts';
import { readNinetyDays } from './ninety-days.ts';
import { nextFigure } from './observed.ts';
import { isOver, type PublicIncident, readPublicIncidents } from './public-incident.ts';
import { worstFirst } from './worst-first.ts';

export interface CategoryPage {
  settings: Settings;
  asOf: Date;
  category: CategoryLine;
  parent: CategoryLine | null;
  children: CategoryLine[];
  /** Of all components, for what an incident names of other categories. */
  componentNames: Map<string, Record<Language, string>>;
  /** Open incidents and running maintenances of it or of one of its components, worst first, then oldest. */
  open: PublicIncident[];
  /** Announced maintenances, the next one first. */
  planned: PublicIncident[];
  past: PublicIncident[];
  validUntil: Date;
}

/** How many past incidents a category page lists; the history has all. */
const pastCount = 25;

/** One public category, an archived one too, or null when the world may not see it. */
export async function readCategoryPage(context: Context, slug: string): Promise<CategoryPage | null> {
  const { incidents, categories } = context.store.tables;
  const settings = await readSettings(context.store);
  const current = await readPublicIncidents(
    context,
    or(isNull(incidents.openUntil), gt(incidents.openUntil, context.now)),
  );
  const history = await readNinetyDays(context, settings.time_zone, current);
  const catalogue = await readCatalogue(context, {
    settings,
    history,
    incidents: current,
    alsoArchived: slug,
  });
  const category = catalogue.find((line) => line.slug === slug);
  if (!category) return null;
  const isOwn = new Set(history.incidents.get(category.id));
  // What is counted here is listed here, also when it was filed elsewhere.
  const elsewhere = category.components
    .flatMap(({ id }) => history.incidents.get(id) ?? [])
    .filter((id) => !isOwn.has(id));
  const isOfIt = eq(categories.slug, slug);
  const ended = await readPublicIncidents(
    context,
    and(
      elsewhere.length > 0 ? or(isOfIt, oneOf(incidents.id, elsewhere)) : isOfIt,
      lte(incidents.openUntil, context.now),
    ),
    pastCount,
  );
  const own = current.filter((incident) => incident.category.slug === slug);
  const parts = new Set(category.components.map(({ id }) => id));
  // Filed elsewhere, it is news here when it names a component of this category.
  const shown = current.filter(
    (incident) =>
      incident.category.slug === slug ||
      (!isOver(incident) && incident.components.some(({ id }) => parts.has(id))),
  );
  const isPlanned = ({ phase }: PublicIncident): boolean => isAnnounced(phase);
  const active = shown.filter((incident) => !isOver(incident) && !isPlanned(incident));
  return {
    settings,
    asOf: context.now,
    category,
    parent: catalogue.find((line) => line.id === category.parentId) ?? null,
    children: catalogue.filter((line) => line.parentId === category.id),
    componentNames: new Map(catalogue.flatMap((line) => line.components).map(({ id, name }) => [id, name])),
    open: worstFirst(active, catalogue).active,
    planned: shown.filter(isPlanned).reverse(),
    // One whose reopening is held has ended still, though it counts as open already.
    past: [...ended, ...own].filter(isOver).sort(byStart).slice(0, pastCount),
    validUntil: await nextChange(
      context,
      settings.time_zone,
      nextFigure([category, ...category.components], context.now),
    ),
  };
}

/** Newest start first, then id. */
const byStart = (a: PublicIncident, b: PublicIncident): number =>
  b.startedAt.getTime() - a.startedAt.getTime() || (a.id < b.id ? 1 : -1);
