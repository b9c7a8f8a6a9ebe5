import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { isOut } from '../../core/visibility.ts';
import { ownUserId } from '../../people/users/own-user-id.ts';
import { type DraftValues, heldSubject, saveDraftInput } from './draft-input.ts';
import { putDraft } from './save-draft.ts';

/**
 * After posting: the draft of the subject is used up. While the update is held, what was typed waits under the update, so
 * that undoing gives it back; once it is public it is thrown away.
 */
export async function setDraftAside(
  context: Context,
  posted: { updateId: string; subject: string; occasion: string; values: DraftValues },
): Promise<void> {
  authorize(context, 'incidents.post-update');
  const userId = ownUserId(context);
  const typed = saveDraftInput.safeParse({ occasion: posted.occasion, values: posted.values });
  await context.store.transaction(async (tx) => {
    const { drafts, incidentUpdates } = tx.tables;
    const [update] = await tx.db
      .select({ publishedAt: incidentUpdates.publishedAt })
      .from(incidentUpdates)
      .where(eq(incidentUpdates.id, posted.updateId));
    if (!update) throw notFound();
    await tx.db.delete(drafts).where(and(eq(drafts.userId, userId), eq(drafts.subject, posted.subject)));
    // What cannot be kept must not keep the update from being posted.
    if (isOut(update, context.now) || !typed.success) return;
    await putDraft(tx, context, { userId, subject: heldSubject(posted.updateId), ...typed.data });
  });
}

/** The update was undone: its author finds what was typed as the draft of the incident. */
export async function giveDraftBack(
  tx: Transaction,
  context: Context,
  undone: { updateId: string; incidentId: string },
): Promise<void> {
  const { drafts } = tx.tables;
  const waiting = await tx.db
    .select()
    .from(drafts)
    .where(eq(drafts.subject, heldSubject(undone.updateId)));
  const subject = `incident:${undone.incidentId}`;
  for (const { userId, occasion, values, updatedAt } of waiting) {
    const [present] = await tx.db
      .select({ updatedAt: drafts.updatedAt })
      .from(drafts)
      .where(and(eq(drafts.userId, userId), eq(drafts.subject, subject)));
    // What was typed since is the newer draft; the undone text stands in the audit.
    if (present && present.updatedAt > updatedAt) continue;
    await putDraft(tx, context, { userId, subject, occasion, values });
  }
  await throwDraftAway(tx, undone.updateId);
}

/** The update is public: what was typed for it is needed no more. */
export async function throwDraftAway(tx: Transaction, updateId: string): Promise<void> {
  const { drafts } = tx.tables;
  await tx.db.delete(drafts).where(eq(drafts.subject, heldSubject(updateId)));
}
