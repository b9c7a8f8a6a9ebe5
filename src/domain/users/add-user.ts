import { newId } from '../../../db/ids.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { parse } from '../core/parse.ts';
import { insertUser } from './insert-user.ts';
import { hashPassword, randomPassword } from './password.ts';
import { refuseWeakPassword } from './refuse-weak-password.ts';
import { addUserInput, inOrder } from './user-input.ts';

/** Adds a person who may sign in. `password` is the random one, told only here; null when one was given. */
export async function addUser(
  context: Context,
  input: unknown,
): Promise<{ id: string; password: string | null }> {
  authorize(context, 'users.change');
  const { password: given, ...wanted } = parse(addUserInput, input);
  const email = wanted.email.toLowerCase();
  if (given !== undefined) await refuseWeakPassword(context, given, { email, name: wanted.name });
  const made = given === undefined ? randomPassword() : null;
  const passwordHash = await hashPassword(given ?? made ?? '');
  const id = newId();
  await context.store.transaction((tx) =>
    insertUser(tx, context, { id, ...wanted, email, roles: inOrder(wanted.roles), passwordHash }),
  );
  return { id, password: made };
}
