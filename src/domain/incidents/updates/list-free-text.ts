import { and, asc, eq, isNull } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import type { Language, Occasion, Phase } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { leftOut } from '../../core/left-out.ts';
import { publicUpdates, visibleIncidents } from '../../core/visibility.ts';
import { isWrittenHere } from './origin.ts';

export interface FreeText {
  updateId: string;
  incidentId: string;
  category: { id: string; slug: string; name: Record<Language, string> };
  isRestricted: boolean;
  phase: Phase;
  occasion: Occasion | null;
  publishedAt: Date;
  /** Who wrote it; null for the product itself. */
  createdBy: string | null;
  createdByName: string | null;
  texts: Partial<Record<Language, { title: string; body: string }>>;
}

/** The longest list that is shown; the rest follows once these are read. */
const limit = 200;

/**
 * Public updates that were not made of approved text alone and that no manager has read yet, oldest first: of
 * incidents the actor may see, what was imported left out; and how many more there are. Two queries, three when there are
 * too many.
 */
export async function listFreeText(context: Context): Promise<{ updates: FreeText[]; more: number }> {
  authorize(context, 'templates.read');
  const { tables, read } = context.store;
  const { incidents, incidentUpdates, incidentUpdateTexts, categories, users } = tables;
  const where = and(
    eq(incidentUpdates.isFreeText, true),
    isNull(incidentUpdates.reviewedAt),
    publicUpdates(tables, context.now),
    isWrittenHere(tables),
    visibleIncidents(context),
  );
  const rows = await read
    .select({ update: incidentUpdates, incident: incidents, category: categories, authorName: users.name })
    .from(incidentUpdates)
    .innerJoin(incidents, eq(incidentUpdates.incidentId, incidents.id))
    .innerJoin(categories, eq(incidents.categoryId, categories.id))
    .leftJoin(users, eq(incidentUpdates.createdBy, users.id))
    .where(where)
    .orderBy(asc(incidentUpdates.publishedAt), asc(incidentUpdates.id))
    .limit(limit);
  const more = await leftOut(rows, limit, () =>
    read.$count(
      read
        .select({ id: incidentUpdates.id })
        .from(incidentUpdates)
        .innerJoin(incidents, eq(incidentUpdates.incidentId, incidents.id))
        .where(where)
        .as('unread'),
    ),
  );
  const written = await read
    .select()
    .from(incidentUpdateTexts)
    .where(
      oneOf(
        incidentUpdateTexts.updateId,
        rows.map(({ update }) => update.id),
      ),
    )
    .orderBy(asc(incidentUpdateTexts.revision));
  const updates = rows.map(({ update, incident, category, authorName }) => ({
    updateId: update.id,
    incidentId: incident.id,
    category: { id: category.id, slug: category.slug, name: category.name },
    isRestricted: incident.isRestricted,
    phase: update.phase,
    occasion: update.occasion,
    publishedAt: update.publishedAt,
    createdBy: update.createdBy,
    createdByName: authorName,
    // A later revision of a language takes the place of the one before.
    texts: Object.fromEntries(
      written
        .filter((text) => text.updateId === update.id)
        .map(({ language, title, body }) => [language, { title, body }]),
    ),
  }));
  return { updates, more };
}
