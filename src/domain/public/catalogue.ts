import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm';
import { oneOf } from '../../../db/one-of.ts';
import type { ComponentStatus, Language } from '../../../db/words.ts';
import type { Context } from '../core/context.ts';
import type { Settings } from '../core/settings/settings.ts';
import { publicCategories } from '../core/visibility.ts';
import { worstStatus } from '../incidents/component-status.ts';
import type { Statement } from '../incidents/statement.ts';
import { availability, type Stretch } from './availability.ts';
import { categoryStatus, type Weighed } from './headline.ts';
import { type DayMark, dayMarks, type NinetyDays, unseenDays } from './ninety-days.ts';
import { isLongObserved, observedPart, observedSince } from './observed.ts';
import type { PublicIncident } from './public-incident.ts';

export interface ComponentLine {
  id: string;
  name: Record<Language, string>;
  description: Record<Language, string>;
  status: ComponentStatus;
  /** Percent of the observed time, or null when nothing could be counted, or less than a day was observed. */
  availability: number | null;
  observedSince: Date;
  /** How many of the ninety days, from the oldest, nobody observed. */
  unseenDays: number;
  marks: DayMark[];
  incidentCount: number;
  weight: number;
  isCritical: boolean;
}

export interface CategoryLine {
  id: string;
  slug: string;
  parentId: string | null;
  name: Record<Language, string>;
  description: Record<Language, string>;
  subject: Record<Language, string>;
  isPlural: Record<Language, boolean>;
  status: ComponentStatus;
  availability: number | null;
  /** As its first component, or itself where it has none. */
  observedSince: Date;
  unseenDays: number;
  marks: DayMark[];
  incidentCount: number;
  components: ComponentLine[];
  /** What it weighs on the page: its components, or itself when it has none. */
  weighed: Weighed[];
  /** No longer offered: it stands nowhere but on its own page, unless it fails now. */
  isArchived: boolean;
}

/** What a category weighs that has no components and speaks for itself: as much as a new component. */
const ownWeight = 5;

/**
 * The public categories with their components, in order: what they are now and what the last ninety days were. Of the archived
 * ones only what fails now, and `alsoArchived`, a slug, which keeps its own page. Two queries. What is open is not archived
 * (`refuse-open.ts`), but a release or an import may still bring down what was.
 */
export async function readCatalogue(
  context: Context,
  facts: {
    settings: Settings;
    history: NinetyDays;
    incidents: readonly PublicIncident[];
    alsoArchived?: string;
  },
): Promise<CategoryLine[]> {
  const { tables, read } = context.store;
  const { categories, components } = tables;
  const { alsoArchived } = facts;
  const { settings, history, incidents } = facts;
  const now = statusNow(incidents.flatMap(({ stated }) => stated));
  const failing = [...now].flatMap(([key, status]) => (status === 'operational' ? [] : [key]));
  // Archived while it was hidden, or imported into since: off the page, the headline would call working what is not.
  const withFailing = read
    .select({ id: components.categoryId })
    .from(components)
    .where(oneOf(components.id, failing));
  const isListed = or(
    isNull(categories.archivedAt),
    oneOf(categories.id, failing),
    inArray(categories.id, withFailing),
    alsoArchived === undefined ? undefined : eq(categories.slug, alsoArchived),
  );
  const categoryRows = await read
    .select()
    .from(categories)
    .where(and(isListed, publicCategories(context)))
    .orderBy(asc(categories.position), asc(categories.id));
  const componentRows = await read
    .select()
    .from(components)
    .where(or(isNull(components.archivedAt), oneOf(components.id, failing)))
    .orderBy(asc(components.position), asc(components.id));
  const weights = {
    partial: settings.availability_weight_partial,
    degraded: settings.availability_weight_degraded,
  };
  const count = (keys: readonly string[]): number => {
    const ids = keys.flatMap((key) => history.incidents.get(key) ?? []);
    return keys.length === 1 ? ids.length : new Set(ids).size;
  };

  const figureOf = (since: Date, stretches: readonly Stretch[], weight: number): Figure => {
    const part = observedPart(history.window, since);
    const share = (part.until - part.from) / (history.window.until - history.window.from);
    return { counted: availability(stretches, part, weights), observedSince: since, weight: weight * share };
  };
  /** Of a component or category observed for less than a day there is no figure. */
  const shownFigure = (since: Date, counted: number | null): number | null =>
    isLongObserved(since, history.window.until) ? counted : null;

  return categoryRows.map((category): CategoryLine => {
    const figures: Figure[] = [];
    const lines = componentRows
      .filter((component) => component.categoryId === category.id)
      .map((component): ComponentLine => {
        const since = observedSince(component, history);
        const figure = figureOf(since, history.stretches.get(component.id) ?? [], component.weight);
        figures.push(figure);
        return {
          id: component.id,
          name: component.name,
          description: component.description,
          status: now.get(component.id) ?? 'operational',
          availability: shownFigure(since, figure.counted),
          observedSince: since,
          unseenDays: unseenDays(history, since, settings.time_zone),
          marks: dayMarks(history, [component.id], settings.time_zone),
          incidentCount: count([component.id]),
          weight: component.weight,
          isCritical: component.isCritical,
        };
      });
    const keys = [category.id, ...lines.map((line) => line.id)];
    const own: Weighed = {
      status: now.get(category.id) ?? 'operational',
      weight: ownWeight,
      isCritical: false,
    };
    figures.push(...spokenFor(category, lines, history, figureOf));
    const since = new Date(Math.min(...figures.map(({ observedSince: from }) => from.getTime())));
    return {
      id: category.id,
      slug: category.slug,
      isArchived: category.archivedAt !== null,
      parentId: category.parentId,
      name: category.name,
      description: category.description,
      subject: category.subject,
      isPlural: category.isPlural,
      status: worstStatus([categoryStatus(lines), own.status]),
      availability: shownFigure(since, meanAvailability(figures)),
      observedSince: since,
      unseenDays: unseenDays(history, since, settings.time_zone),
      marks: dayMarks(history, keys, settings.time_zone),
      incidentCount: count(keys),
      components: lines,
      weighed: lines.length === 0 || own.status !== 'operational' ? [...lines, own] : lines,
    };
  });
}

/** What each component, and each category that speaks for itself, is now: the worst of what is said. */
export function statusNow(stated: readonly Statement[]): Map<string, ComponentStatus> {
  const now = new Map<string, ComponentStatus>();
  for (const { key, status } of stated) now.set(key, worstStatus([now.get(key) ?? 'operational', status]));
  return now;
}

/** The figure of the time in which a category spoke for itself, because it had no components yet. */
function spokenFor(
  category: { id: string; createdAt: Date },
  lines: readonly ComponentLine[],
  { stretches }: NinetyDays,
  figureOf: (since: Date, stretches: readonly Stretch[], weight: number) => Figure,
): Figure[] {
  const told = stretches.get(category.id);
  if (lines.length > 0 && told === undefined) return [];
  const first = Math.min(...(told ?? []).map(({ from }) => from), category.createdAt.getTime());
  const since = new Date(first);
  return [figureOf(since, told ?? [], ownWeight)];
}

/**
 * What is counted of a component, however short it was observed, and how much that weighs: less, the shorter. A new one so
 * neither hides nor outweighs what its category lost.
 */
interface Figure {
  counted: number | null;
  observedSince: Date;
  weight: number;
}

/** A category's figure is the mean of its components, by weight and by the time each was observed. */
function meanAvailability(figures: readonly Figure[]): number | null {
  const counted = figures.flatMap((figure) =>
    figure.counted === null ? [] : [{ ...figure, value: figure.counted }],
  );
  const weight = counted.reduce((sum, line) => sum + line.weight, 0);
  return weight > 0 ? counted.reduce((sum, line) => sum + line.value * line.weight, 0) / weight : null;
}
