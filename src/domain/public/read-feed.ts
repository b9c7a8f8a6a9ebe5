import { and, desc, eq } from 'drizzle-orm';
import { oneOf } from '../../../db/one-of.ts';
import type { NamedCategory } from '../catalogue/categories/named-category.ts';
import type { Context } from '../core/context.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import type { Settings } from '../core/settings/settings.ts';
import { publicCategories, publicIncidents, publicUpdates } from '../core/visibility.ts';
import { isWrittenHere } from '../incidents/updates/origin.ts';
import { nextChange } from './next-change.ts';
import { type PublicIncident, type PublicUpdate, readPublicIncidents } from './public-incident.ts';
import { type Publication, readPublications } from './read-publications.ts';

/** Entries of a feed. */
const entryCount = 50;

export interface Feed {
  settings: Settings;
  /** Null for the feed of everything. */
  category: (NamedCategory & { isArchived: boolean }) | null;
  /** One per update, newest publication first. */
  entries: { incident: PublicIncident; update: PublicUpdate; updatedAt: Date }[];
  /** Versions of reports that came out, newest first; with the updates they are the newest fifty. */
  publications: Publication[];
  /** The last change of content, not of time; null for an empty feed. */
  updatedAt: Date | null;
  validUntil: Date;
}

/**
 * The newest updates and published reports, of one category or of all; null for an unknown category; one that is archived keeps
 * its feed. What was imported makes no entries. That a report is out is news, each version once, under its id in the feed of
 * reports; what becomes of its promises stays in that feed.
 */
export async function readFeed(context: Context, categorySlug?: string): Promise<Feed | null> {
  const { tables, read } = context.store;
  const { incidents, incidentUpdates, categories } = tables;
  const settings = await readSettings(context.store);
  const category = categorySlug === undefined ? null : await readCategory(context, categorySlug);
  if (categorySlug !== undefined && !category) return null;
  const newest = await read
    .select({ id: incidentUpdates.id, incidentId: incidentUpdates.incidentId })
    .from(incidentUpdates)
    .innerJoin(incidents, eq(incidentUpdates.incidentId, incidents.id))
    .where(
      and(
        publicUpdates(tables, context.now),
        publicIncidents(tables, context.now),
        isWrittenHere(tables),
        category ? eq(incidents.categoryId, category.id) : undefined,
      ),
    )
    .orderBy(desc(incidentUpdates.publishedAt), desc(incidentUpdates.id))
    .limit(entryCount);
  const ids = [...new Set(newest.map((row) => row.incidentId))];
  const found = ids.length > 0 ? await readPublicIncidents(context, oneOf(incidents.id, ids)) : [];
  const told = newest.flatMap((row) => {
    const incident = found.find((candidate) => candidate.id === row.incidentId);
    const update = incident?.updates.find((candidate) => candidate.id === row.id);
    return incident && update ? [{ incident, update, updatedAt: contentChange(update) }] : [];
  });
  // A full feed ends with its oldest update, and no older report enters it again.
  const oldest = told.length < entryCount ? undefined : told.at(-1)?.update.publishedAt;
  const out = await readPublications(context, {
    limit: entryCount,
    categoryId: category?.id,
    since: oldest,
  });
  const isKept = newestOf([...told.map(({ update }) => update), ...out]);
  const entries = told.filter(({ update }) => isKept(update));
  const publications = out.filter(isKept);
  const changes = [
    ...entries.map((entry) => entry.updatedAt.getTime()),
    ...publications.map(({ publishedAt }) => publishedAt.getTime()),
  ];
  return {
    settings,
    category,
    entries,
    publications,
    updatedAt: changes.length > 0 ? new Date(Math.max(...changes)) : null,
    validUntil: await nextChange(context, settings.time_zone),
  };

  async function readCategory(from: Context, slug: string): Promise<Feed['category']> {
    const [row] = await read
      .select()
      .from(categories)
      .where(and(eq(categories.slug, slug), publicCategories(from)));
    if (!row) return null;
    const { id, name, archivedAt } = row;
    return { id, slug: row.slug, name: name, isArchived: archivedAt !== null };
  }
}

/** Whether something is among the newest that a feed has room for. */
function newestOf<T extends { publishedAt: Date }>(all: readonly T[]): (one: T) => boolean {
  const kept = new Set(
    all.toSorted((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime()).slice(0, entryCount),
  );
  return (one) => kept.has(one);
}

/** When the words of an update last changed: its publication, a correction, or a translation that came later. */
function contentChange(update: PublicUpdate): Date {
  const written = Object.values(update.texts).map((text) => text.writtenAt.getTime());
  return new Date(Math.max(update.publishedAt.getTime(), update.correctedAt?.getTime() ?? 0, ...written));
}
