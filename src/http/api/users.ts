import { z } from 'zod';
import { languages, roles } from '../../../db/words.ts';
import { notFound } from '../../domain/core/errors.ts';
import { endUserSessions } from '../../domain/people/sessions/end-user-sessions.ts';
import { addUser } from '../../domain/people/users/add-user.ts';
import { changeUser } from '../../domain/people/users/change-user.ts';
import { listUsers } from '../../domain/people/users/list-users.ts';
import { setPassword } from '../../domain/people/users/set-password.ts';
import { type ApiContext, asItIs, change, type Operation, operation, silentChange } from './operation.ts';
import { id, moment, version } from './values.ts';

const user = z
  .object({
    id,
    email: z.string(),
    name: z.string(),
    roles: z.array(z.enum(roles)),
    language: z.enum(languages),
    createdAt: moment,
    disabledAt: moment.nullable(),
    version,
  })
  .meta({ id: 'User' });

async function answerUser(context: ApiContext, { id }: { id: string }) {
  const row = (await listUsers(context)).find((each) => each.id === id);
  if (!row) throw notFound();
  return { body: { user: row } };
}

const password = z
  .string()
  .nullable()
  .describe('The random one that was made, told only here; null when one was given.');

export const userOperations: Operation[] = [
  operation('GET', '/users', {
    id: 'listUsers',
    summary: 'Everybody by name, also the disabled.',
    answer: z.object({ users: z.array(user) }),
    run: async (context) => ({ body: { users: await listUsers(context) } }),
  }),
  change('POST', '/users', {
    id: 'addUser',
    summary: 'Adds a person who may sign in.',
    act: addUser,
    answer: z.object({ user, password }),
    status: 201,
    show: async (context, added) => ({
      body: { ...(await answerUser(context, added)).body, password: null },
      once: { password: added.password },
      location: `/api/v1/users/${added.id}`,
    }),
  }),
  change('PATCH', '/users/{id}', {
    id: 'changeUser',
    summary: 'Changes name, roles or language of a user, disables or enables one.',
    act: changeUser,
    answer: z.object({ user }),
    show: answerUser,
  }),
  silentChange('PUT', '/users/{id}/password', {
    id: 'setPassword',
    summary:
      'Gives a user another password and ends all of that user’s sessions. Older tokens stay until somebody revokes them: listUserTokens marks those on which nobody has decided.',
    act: setPassword,
  }),
  change('DELETE', '/users/{id}/sessions', {
    id: 'endUserSessions',
    summary: 'Signs a user out everywhere; password and tokens stay.',
    act: endUserSessions,
    answer: z.object({ ended: z.int() }),
    show: asItIs,
  }),
];
