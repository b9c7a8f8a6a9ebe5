import { and, eq } from 'drizzle-orm';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { ownUserId } from '../../people/users/own-user-id.ts';
import { requireSubject } from './require-subject.ts';

/** Throws one's own draft for a subject away; there may be none. */
export async function discardDraft(context: Context, subject: string): Promise<void> {
  authorize(context, 'incidents.post-update');
  const userId = ownUserId(context);
  await requireSubject(context, subject);
  await context.store.transaction(async (tx) => {
    const { drafts } = tx.tables;
    await tx.db.delete(drafts).where(and(eq(drafts.userId, userId), eq(drafts.subject, subject)));
  });
}
