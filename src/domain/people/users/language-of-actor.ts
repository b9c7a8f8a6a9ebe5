import { eq } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import type { Language } from '../../../../db/words.ts';
import type { Context } from '../../core/context.ts';

/** The language in which the actor reads the screens; English for who has none, such as the command line. */
export async function languageOfActor(tx: Transaction, { actor }: Context): Promise<Language> {
  const { users } = tx.tables;
  const [row] = actor.userId
    ? await tx.db.select({ language: users.language }).from(users).where(eq(users.id, actor.userId))
    : [];
  return row?.language ?? 'en';
}
