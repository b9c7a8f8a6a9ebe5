import { and, desc, eq, isNotNull, like, or, sql } from 'drizzle-orm';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { visibleCategories, visibleIncidents } from '../../core/visibility.ts';
import { ownUserId } from '../../people/users/own-user-id.ts';
import type { Draft } from './read-draft.ts';

/** One's own drafts, newest first, for what one may still see. One query. */
export async function listDrafts(context: Context): Promise<Draft[]> {
  authorize(context, 'incidents.post-update');
  const userId = ownUserId(context);
  const { categories, drafts, incidents } = context.store.tables;
  const { subject } = drafts;
  // A draft says by its subject what it is of: "incident:" or "category:", and the id.
  return context.store.read
    .select({
      subject,
      occasion: drafts.occasion,
      values: drafts.values,
      updatedAt: drafts.updatedAt,
    })
    .from(drafts)
    .leftJoin(
      incidents,
      and(
        like(subject, 'incident:%'),
        eq(incidents.id, sql`substr(${subject}, 10)`),
        visibleIncidents(context),
      ),
    )
    .leftJoin(
      categories,
      and(
        like(subject, 'category:%'),
        eq(categories.id, sql`substr(${subject}, 10)`),
        visibleCategories(context),
      ),
    )
    .where(and(eq(drafts.userId, userId), or(isNotNull(incidents.id), isNotNull(categories.id))))
    .orderBy(desc(drafts.updatedAt), desc(drafts.id));
}
