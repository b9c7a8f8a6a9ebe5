import { and, desc, eq } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import { canSee, readCategories } from '../../catalogue/categories/read-categories.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { visibleIncidents } from '../../core/visibility.ts';
import { ownUserId } from '../../people/users/own-user-id.ts';
import type { Draft } from './read-draft.ts';

/** One's own drafts, newest first, for what one may still see. Five queries. */
export async function listDrafts(context: Context): Promise<Draft[]> {
  authorize(context, 'incidents.post-update');
  const userId = ownUserId(context);
  const { drafts, incidents } = context.store.tables;
  const { read } = context.store;
  const rows = await read
    .select({
      subject: drafts.subject,
      occasion: drafts.occasion,
      values: drafts.values,
      updatedAt: drafts.updatedAt,
    })
    .from(drafts)
    .where(eq(drafts.userId, userId))
    .orderBy(desc(drafts.updatedAt), desc(drafts.id));
  const idsOf = (kind: string): string[] =>
    rows.flatMap(({ subject }) => (subject.startsWith(`${kind}:`) ? [subject.slice(kind.length + 1)] : []));
  const categories = (await readCategories(context.store)).filter((one) => canSee(context.actor, one));
  const visible = await read
    .select({ id: incidents.id })
    .from(incidents)
    .where(and(oneOf(incidents.id, idsOf('incident')), visibleIncidents(context)));
  const subjects = new Set([
    ...categories.map(({ id }) => `category:${id}`),
    ...visible.map(({ id }) => `incident:${id}`),
  ]);
  return rows.filter(({ subject }) => subjects.has(subject));
}
