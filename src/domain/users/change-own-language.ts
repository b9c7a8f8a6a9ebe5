import { eq } from 'drizzle-orm';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { parse } from '../core/parse.ts';
import { requireUser } from './find-user.ts';
import { ownUserId } from './own-user-id.ts';
import { changeOwnLanguageInput } from './user-input.ts';

/** Chooses the language of one's own screens and mail. */
export async function changeOwnLanguage(context: Context, input: unknown): Promise<{ id: string }> {
  authorize(context, 'account.change-own');
  const id = ownUserId(context);
  const { language } = parse(changeOwnLanguageInput, input);
  return context.store.transaction(async (tx) => {
    const { users } = tx.tables;
    const user = await requireUser(tx, id);
    if (user.language === language) return { id };
    await tx.db
      .update(users)
      .set({ language, version: user.version + 1 })
      .where(eq(users.id, id));
    await appendAudit(tx, context, {
      action: 'user.changed',
      subjectType: 'user',
      subjectId: id,
      before: { language: user.language },
      after: { language },
    });
    return { id };
  });
}
