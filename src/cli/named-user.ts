import type { Context } from '../domain/core/context.ts';
import { findUserByEmail, type User } from '../domain/people/users/find-user.ts';

/** The user that a command names by e-mail address. */
export async function namedUser(context: Context, email: string): Promise<User> {
  const user = await findUserByEmail(context, email);
  if (!user) throw new Error(`Nobody has the e-mail address ${email}.`);
  return user;
}
