import { eq } from 'drizzle-orm';
import { act } from '../../core/act.ts';
import { requireUser } from './find-user.ts';
import { ownUserId } from './own-user-id.ts';
import { changeOwnLanguageInput } from './user-input.ts';

/** Chooses the language of one's own screens and mail. */
export const changeOwnLanguage = act({
  permission: 'account.change-own',
  input: changeOwnLanguageInput,
  audits: ['user.changed'],
  async work({ tx, context, audit }, { language }): Promise<{ id: string }> {
    const id = ownUserId(context);
    const { users } = tx.tables;
    const user = await requireUser(tx, id);
    if (user.language === language) return { id };
    await tx.db
      .update(users)
      .set({ language, version: user.version + 1 })
      .where(eq(users.id, id));
    await audit({
      action: 'user.changed',
      subjectType: 'user',
      subjectId: id,
      before: { language: user.language },
      after: { language },
    });
    return { id };
  },
});
