import { endUserSessions } from '../domain/people/sessions/end-user-sessions.ts';
import { addUser } from '../domain/people/users/add-user.ts';
import { changeUser } from '../domain/people/users/change-user.ts';
import { randomPassword } from '../domain/people/users/password.ts';
import { setPassword as setPasswordVerb } from '../domain/people/users/set-password.ts';
import { adminPaths } from '../paths.ts';
import { typedIn, withDone } from './done.ts';
import { formOn, preparedForm } from './form-action.ts';
import { withUnticked } from './unticked.ts';

const add = preparedForm(async ({ context, input, values }) => {
  const email = typedIn(values, 'email:text');
  const work = await addUser.prepared(context, { ...withUnticked(input), email });
  return async () => {
    const { id, password } = await work(context);
    const onRepeat = withDone(adminPaths.user(id), 'passwordShown');
    return password === null
      ? onRepeat
      : { told: { kind: 'password', secret: password, about: email }, onRepeat };
  };
});

/** Without a typed password a random one is set and told once. */
const setPassword = preparedForm(async ({ context, input: { user }, values }) => {
  const given = typedIn(values, 'password');
  const password = given === '' ? randomPassword() : given;
  const work = await setPasswordVerb.prepared(context, String(user ?? ''), { password });
  return async () => {
    const { id } = await work(context);
    const onRepeat = withDone(adminPaths.user(id), 'passwordSet');
    return given === '' ? { told: { kind: 'password', secret: password, about: '' }, onRepeat } : onRepeat;
  };
});

const toUser = (done: Parameters<typeof withDone>[1]) => (user: { id: string }) =>
  withDone(adminPaths.user(user.id), done);

export const users = {
  add,
  change: formOn('user', changeUser, toUser('saved')),
  disable: formOn('user', changeUser, toUser('disabled'), (input) => ({ ...input, disabled: true })),
  enable: formOn('user', changeUser, toUser('enabled'), (input) => ({ ...input, disabled: false })),
  setPassword,
  endSessions: formOn('user', endUserSessions, toUser('sessionsEnded')),
};
