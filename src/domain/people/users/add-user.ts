import { newId } from '../../../../db/ids.ts';
import { act } from '../../core/act.ts';
import { insertUser } from './insert-user.ts';
import { hashPassword, randomPassword } from './password.ts';
import { refuseWeakPassword } from './refuse-weak-password.ts';
import { addUserInput, inOrder } from './user-input.ts';

/** Adds a person who may sign in. `password` is the random one, told only here; null when one was given. */
export const addUser = act({
  permission: 'users.change',
  input: addUserInput,
  audits: ['user.added'],
  async prepare(context, { password: given, email, name }) {
    if (given !== undefined) await refuseWeakPassword(context, given, { email: email.toLowerCase(), name });
    const made = given === undefined ? randomPassword() : null;
    return { made, passwordHash: await hashPassword(given ?? made ?? '') };
  },
  async work(
    { tx, context, ready },
    { name, language, ...wanted },
  ): Promise<{ id: string; password: string | null }> {
    const { made, passwordHash } = ready;
    const [id, email, roles] = [newId(), wanted.email.toLowerCase(), inOrder(wanted.roles)];
    await insertUser(tx, context, { id, name, language, email, roles, passwordHash });
    return { id, password: made };
  },
});
