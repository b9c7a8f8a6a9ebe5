import { and, eq } from 'drizzle-orm';
import { newId } from '../../../../db/ids.ts';
import type { Transaction } from '../../../../db/store.ts';
import type { Occasion } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { parse } from '../../core/parse.ts';
import { ownUserId } from '../../people/users/own-user-id.ts';
import { type DraftValues, saveDraftInput } from './draft-input.ts';
import { requireSubject } from './require-subject.ts';

/**
 * Keeps what somebody typed for a subject (`category:<id>`, `incident:<id>`); it replaces the draft from before. Nobody
 * else ever sees it, and it changes nothing, so it leaves no audit entry. Throws not_found for what the person may not see.
 */
export async function saveDraft(
  context: Context,
  subject: string,
  input: unknown,
): Promise<{ subject: string }> {
  authorize(context, 'incidents.post-update');
  const userId = ownUserId(context);
  const wanted = parse(saveDraftInput, input);
  await requireSubject(context, subject);
  await context.store.transaction((tx) => putDraft(tx, context, { userId, subject, ...wanted }));
  return { subject };
}

export interface OwnDraft {
  userId: string;
  subject: string;
  occasion: Occasion;
  values: DraftValues;
}

/** Writes a person's draft for a subject, in place of the one from before. */
export async function putDraft(tx: Transaction, context: Context, draft: OwnDraft): Promise<void> {
  const { drafts } = tx.tables;
  const { userId, subject, occasion, values } = draft;
  const own = and(eq(drafts.userId, userId), eq(drafts.subject, subject));
  const [known] = await tx.db.select({ id: drafts.id }).from(drafts).where(own);
  const written = { occasion, values, updatedAt: context.now };
  if (known) await tx.db.update(drafts).set(written).where(eq(drafts.id, known.id));
  else {
    await tx.db.insert(drafts).values({ id: newId(), userId, subject, createdAt: context.now, ...written });
  }
}
