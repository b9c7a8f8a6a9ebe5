import { eq } from 'drizzle-orm';
import { idPattern } from '../../../../db/ids.ts';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';

type Row = Tables['users']['$inferSelect'];

/** A user as the team may see one: without the password's hash. */
export type User = Omit<Row, 'passwordHash'>;

/** The columns of a `User`, named one by one, so that a new column is not shown by accident. */
export const userColumns = ({ users }: Tables) => ({
  id: users.id,
  email: users.email,
  name: users.name,
  roles: users.roles,
  language: users.language,
  createdAt: users.createdAt,
  disabledAt: users.disabledAt,
  passwordChangedAt: users.passwordChangedAt,
  version: users.version,
});

/** The user with this e-mail address, in any case of letters; null when there is none. */
export async function findUserByEmail(context: Context, email: string): Promise<User | null> {
  authorize(context, 'users.read');
  const { tables, read } = context.store;
  const [user] = await read
    .select(userColumns(tables))
    .from(tables.users)
    .where(eq(tables.users.email, email.toLowerCase()));
  return user ?? null;
}

/** The row that a verb works on. PostgreSQL refuses some characters in a text, so only ids are asked for. */
export async function requireUser(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  id: string,
): Promise<Row> {
  if (!idPattern.test(id)) throw notFound();
  const { users } = from.tables;
  const [user] = await from.read.select().from(users).where(eq(users.id, id));
  if (!user) throw notFound();
  return user;
}
