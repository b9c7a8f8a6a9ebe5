import { endUserSessions } from '../domain/sessions/end-user-sessions.ts';
import { addUser } from '../domain/users/add-user.ts';
import { changeUser } from '../domain/users/change-user.ts';
import { randomPassword } from '../domain/users/password.ts';
import { setPassword as setPasswordVerb } from '../domain/users/set-password.ts';
import { adminPaths } from '../paths.ts';
import { typedIn, withDone } from './done.ts';
import { actOn, formAction } from './form-action.ts';
import { withUnticked } from './unticked.ts';

const add = formAction(async ({ context, input, values }) => {
  const email = typedIn(values, 'email:text');
  const { id, password } = await addUser(context, { ...withUnticked(input), email });
  const onRepeat = withDone(adminPaths.user(id), 'passwordShown');
  return password === null
    ? onRepeat
    : { told: { kind: 'password', secret: password, about: email }, onRepeat };
});

const disable = formAction(async ({ context, input: { user, ...input } }) => {
  const { id } = await changeUser(context, String(user ?? ''), { ...input, disabled: true });
  return withDone(adminPaths.user(id), 'disabled');
});

const enable = formAction(async ({ context, input: { user, ...input } }) => {
  const { id } = await changeUser(context, String(user ?? ''), { ...input, disabled: false });
  return withDone(adminPaths.user(id), 'enabled');
});

/** Without a typed password a random one is set and told once. */
const setPassword = formAction(async ({ context, input: { user }, values }) => {
  const given = typedIn(values, 'password');
  const password = given === '' ? randomPassword() : given;
  const { id } = await setPasswordVerb(context, String(user ?? ''), { password });
  const onRepeat = withDone(adminPaths.user(id), 'passwordSet');
  return given === '' ? { told: { kind: 'password', secret: password, about: '' }, onRepeat } : onRepeat;
});

export const users = {
  add,
  change: actOn('user', changeUser, ({ id }) => withDone(adminPaths.user(id), 'saved')),
  disable,
  enable,
  setPassword,
  endSessions: actOn('user', endUserSessions, ({ id }) => withDone(adminPaths.user(id), 'sessionsEnded')),
};
