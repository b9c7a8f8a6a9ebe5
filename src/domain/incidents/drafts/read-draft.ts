import { and, eq } from 'drizzle-orm';
import type { Occasion } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { ownUserId } from '../../people/users/own-user-id.ts';
import type { DraftValues } from './draft-input.ts';
import { requireSubject } from './require-subject.ts';

export interface Draft {
  subject: string;
  occasion: Occasion;
  values: DraftValues;
  /** When it was last saved. */
  updatedAt: Date;
}

/** One's own draft for a subject; null without one. Throws not_found for what the person may not see. */
export async function readDraft(context: Context, subject: string): Promise<Draft | null> {
  authorize(context, 'incidents.post-update');
  const userId = ownUserId(context);
  await requireSubject(context, subject);
  const { drafts } = context.store.tables;
  const [row] = await context.store.read
    .select({
      subject: drafts.subject,
      occasion: drafts.occasion,
      values: drafts.values,
      updatedAt: drafts.updatedAt,
    })
    .from(drafts)
    .where(and(eq(drafts.userId, userId), eq(drafts.subject, subject)));
  return row ?? null;
}
