import { endOwnSession } from '../domain/sessions/end-session.ts';
import { changeOwnLanguage } from '../domain/users/change-own-language.ts';
import { changeOwnPassword } from '../domain/users/change-own-password.ts';
import { adminPaths } from '../paths.ts';
import { typedIn, withDone } from './done.ts';
import { formAction } from './form-action.ts';

const changeLanguage = formAction(async ({ context, input }) => {
  await changeOwnLanguage(context, input);
  return withDone(adminPaths.account, 'saved');
});

const changePassword = formAction(async ({ context, input, values }) => {
  await changeOwnPassword(context, { ...input, password: typedIn(values, 'password') });
  return withDone(adminPaths.account, 'passwordChanged');
});

const endSession = formAction(async ({ context, input: { session } }) => {
  await endOwnSession(context, String(session ?? ''));
  return withDone(adminPaths.account, 'ended');
});

export const account = { changeLanguage, changePassword, endSession };
