import { and, asc, isNull } from 'drizzle-orm';
import type { ComponentStatus, Language } from '../../../db/words.ts';
import type { Context } from '../context.ts';
import type { Settings } from '../settings/settings.ts';
import { publicCategories } from '../visibility.ts';
import { availability } from './availability.ts';
import { componentStatusNow, isStating, statusOfImpact, worstStatus } from './component-status.ts';
import { categoryStatus } from './headline.ts';
import { type DayMark, dayMarks, type NinetyDays } from './ninety-days.ts';
import type { PublicIncident } from './public-incident.ts';

export interface ComponentLine {
  id: string;
  name: Record<Language, string>;
  description: Record<Language, string>;
  status: ComponentStatus;
  /** Percent, or null when nothing could be counted. */
  availability: number | null;
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
  marks: DayMark[];
  incidentCount: number;
  components: ComponentLine[];
}

/** The public categories with their components, in order: what they are now and what the last ninety days were. Two queries. */
export async function readCatalogue(
  context: Context,
  facts: { settings: Settings; history: NinetyDays; incidents: readonly PublicIncident[] },
): Promise<CategoryLine[]> {
  const { tables, read } = context.store;
  const { categories, components } = tables;
  const categoryRows = await read
    .select()
    .from(categories)
    .where(and(isNull(categories.archivedAt), publicCategories(context)))
    .orderBy(asc(categories.position), asc(categories.id));
  const componentRows = await read
    .select()
    .from(components)
    .where(isNull(components.archivedAt))
    .orderBy(asc(components.position), asc(components.id));
  const { settings, history, incidents } = facts;
  const now = componentStatusNow(incidents);
  const weights = {
    partial: settings.availability_weight_partial,
    degraded: settings.availability_weight_degraded,
  };
  const count = (keys: readonly string[], categoryId?: string): number =>
    history.incidents.filter(
      (i) =>
        i.kind === 'incident' && (i.categoryId === categoryId || keys.some((key) => i.componentIds.has(key))),
    ).length;

  return categoryRows.map((category): CategoryLine => {
    const lines = componentRows
      .filter((component) => component.categoryId === category.id)
      .map((component): ComponentLine => {
        const window = {
          ...history.window,
          from: Math.max(history.window.from, component.createdAt.getTime()),
        };
        return {
          id: component.id,
          name: { en: component.nameEn, de: component.nameDe },
          description: { en: component.descriptionEn, de: component.descriptionDe },
          status: now.get(component.id) ?? 'operational',
          availability: availability(history.stretches.get(component.id) ?? [], window, weights),
          marks: dayMarks(history, [component.id], settings.time_zone),
          incidentCount: count([component.id]),
          weight: component.weight,
          isCritical: component.isCritical,
        };
      });
    const keys = [category.id, ...lines.map((line) => line.id)];
    return {
      id: category.id,
      slug: category.slug,
      parentId: category.parentId,
      name: { en: category.nameEn, de: category.nameDe },
      description: { en: category.descriptionEn, de: category.descriptionDe },
      subject: { en: category.subjectEn, de: category.subjectDe },
      isPlural: { en: category.isPluralEn, de: category.isPluralDe },
      status: worstStatus([categoryStatus(lines), ...bareIncidents(category.id, incidents)]),
      availability: meanAvailability(lines),
      marks: dayMarks(history, keys, settings.time_zone),
      incidentCount: count(keys, category.id),
      components: lines,
    };
  });
}

/** Open incidents and running maintenances that name no component speak for their whole category. */
const bareIncidents = (categoryId: string, incidents: readonly PublicIncident[]): ComponentStatus[] =>
  incidents
    .filter((i) => i.category.id === categoryId && isStating(i) && i.components.length === 0)
    .map((incident) => statusOfImpact[incident.impact]);

/** A category's figure is the mean of its components, by weight. */
function meanAvailability(lines: readonly ComponentLine[]): number | null {
  const counted = lines.flatMap((line) =>
    line.availability === null ? [] : [{ ...line, value: line.availability }],
  );
  const weight = counted.reduce((sum, line) => sum + line.weight, 0);
  return weight > 0 ? counted.reduce((sum, line) => sum + line.value * line.weight, 0) / weight : null;
}
