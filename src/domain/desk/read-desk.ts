import { and, asc, desc, eq, gt, isNull, or } from 'drizzle-orm';
import type { ComponentStatus, IncidentKind, Language, Phase, Priority } from '../../../db/words.ts';
import { authorize } from '../access/authorize.ts';
import type { Context } from '../context.ts';
import { readTimelines, type Update } from '../incidents/timeline.ts';
import { statusOfImpact, worstStatus } from '../public/component-status.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Settings } from '../settings/settings.ts';
import { visibleIncidents } from '../visibility.ts';

export interface OpenIncident {
  id: string;
  number: number | null;
  kind: IncidentKind;
  categoryId: string;
  phase: Phase | null;
  priority: Priority;
  isReviewed: boolean;
  isRestricted: boolean;
  startedAt: Date;
  status: ComponentStatus;
  latest: Update;
  titles: Partial<Record<Language, string>>;
  nextUpdateBy: Date | null;
  isOverdue: boolean;
  /** A language in which the newest update is missing. */
  isTranslationPending: boolean;
}

export interface Tile {
  id: string;
  slug: string;
  name: Record<Language, string>;
  short: Record<Language, string>;
  status: ComponentStatus;
}

export interface Desk {
  settings: Settings;
  open: OpenIncident[];
  /** Open ones whose promise has passed, the longest overdue first. */
  overdue: OpenIncident[];
  tiles: Tile[];
}

/** What is open, what is owed, and a tile per public category. Restricted categories have no tile (design §8.7). */
export async function readDesk(context: Context): Promise<Desk> {
  authorize(context, 'incidents.read');
  const { tables, read } = context.store;
  const { incidents, categories } = tables;
  const settings = await readSettings(context.store);
  const isOpen = or(isNull(incidents.openUntil), gt(incidents.openUntil, context.now));
  const rows = await read
    .select()
    .from(incidents)
    .where(and(isOpen, visibleIncidents(context), isNull(incidents.importedFrom)))
    .orderBy(desc(incidents.startedAt), desc(incidents.id));
  const timelines = await readTimelines(context.store, rows.map((row) => row.id));
  const open = rows.flatMap((row): OpenIncident[] => {
    const [latest, ...older] = timelines.get(row.id) ?? [];
    if (!latest) return [];
    const statuses = latest.components.map((component) => component.status);
    const titleIn = (language: Language) => [latest, ...older].find((u) => u.texts[language])?.texts[language]?.title;
    return [
      {
        ...row,
        status: worstStatus(statuses.length > 0 ? statuses : [statusOfImpact[row.impact]]),
        latest,
        titles: { en: titleIn('en'), de: titleIn('de') },
        nextUpdateBy: latest.nextUpdateBy,
        isOverdue: latest.nextUpdateBy !== null && latest.nextUpdateBy <= context.now,
        isTranslationPending: !latest.texts.en || !latest.texts.de,
      },
    ];
  });
  const tileRows = await read
    .select()
    .from(categories)
    .where(and(isNull(categories.archivedAt), eq(categories.isRestricted, false)))
    .orderBy(asc(categories.position), asc(categories.id));
  return {
    settings,
    open,
    overdue: open.filter((incident) => incident.isOverdue).sort((a, b) => Number(a.nextUpdateBy) - Number(b.nextUpdateBy)),
    tiles: tileRows.map((row) => ({
      id: row.id,
      slug: row.slug,
      name: { en: row.nameEn, de: row.nameDe },
      short: { en: row.shortEn, de: row.shortDe },
      status: worstStatus(open.filter((i) => i.categoryId === row.id && i.phase !== 'scheduled').map((i) => i.status)),
    })),
  };
}
