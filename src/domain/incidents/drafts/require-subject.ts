import { and, eq } from 'drizzle-orm';
import { canSee, readCategories } from '../../catalogue/categories/read-categories.ts';
import type { Context } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { visibleIncidents } from '../../core/visibility.ts';
import { draftSubject } from './draft-input.ts';

/** Refuses a subject that does not exist for this person. */
export async function requireSubject(context: Context, subject: string): Promise<void> {
  if (!draftSubject.safeParse(subject).success) throw notFound();
  const [kind, id = ''] = subject.split(':');
  if (kind === 'category') {
    const found = (await readCategories(context.store)).find((category) => category.id === id);
    if (!found || !canSee(context.actor, found)) throw notFound();
    return;
  }
  const { incidents } = context.store.tables;
  const [found] = await context.store.read
    .select({ id: incidents.id })
    .from(incidents)
    .where(and(eq(incidents.id, id), visibleIncidents(context)));
  if (!found) throw notFound();
}
