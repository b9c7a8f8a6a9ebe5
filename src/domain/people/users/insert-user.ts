import { eq } from 'drizzle-orm';
import type { Tables } from '../../../../db/schema.ts';
import type { Transaction } from '../../../../db/store.ts';
import { appendAudit, digestOf } from '../../core/audit/append.ts';
import type { Context } from '../../core/context.ts';
import { invalid } from '../../core/errors.ts';

type NewUser = Pick<
  Tables['users']['$inferSelect'],
  'id' | 'email' | 'name' | 'roles' | 'language' | 'passwordHash'
>;

/** Stores an enabled user with its audit entry; refuses an e-mail address that somebody has. */
export async function insertUser(tx: Transaction, context: Context, user: NewUser): Promise<void> {
  const { users } = tx.tables;
  const taken = await tx.db.select({ id: users.id }).from(users).where(eq(users.email, user.email));
  if (taken.length > 0) throw invalid('email', 'taken');
  await tx.db.insert(users).values({ ...user, createdAt: context.now });
  await appendAudit(tx, context, {
    action: 'user.added',
    subjectType: 'user',
    subjectId: user.id,
    after: {
      email: digestOf(user.id, user.email),
      name: digestOf(user.id, user.name),
      roles: user.roles,
      language: user.language,
    },
  });
}
