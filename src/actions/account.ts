import { isDomainError } from '../domain/core/errors.ts';
import { endOwnSession } from '../domain/people/sessions/end-session.ts';
import { changeOwnLanguage } from '../domain/people/users/change-own-language.ts';
import { changeOwnPassword } from '../domain/people/users/change-own-password.ts';
import { adminPaths } from '../paths.ts';
import { typedIn, withDone } from './done.ts';
import { formOf, formOn, preparedForm } from './form-action.ts';

/** The present password is guessed no oftener here than at the sign-in: who found a session open must not find the password. */
const changePassword = preparedForm(async ({ context, input, values, api }) => {
  const { app, clientAddress } = api.locals;
  const account = `account:${context.actor.userId}`;
  await app.limits.check(clientAddress, account);
  try {
    const work = await changeOwnPassword.prepared(context, {
      ...input,
      password: typedIn(values, 'password'),
    });
    await app.limits.succeed(clientAddress, account);
    return async () => {
      await work(context);
      return withDone(adminPaths.account, 'passwordChanged');
    };
  } catch (error) {
    const isGuess = isDomainError(error) && error.fields.some(({ key }) => key === 'password_wrong');
    if (isGuess) await app.limits.fail(clientAddress, account);
    throw error;
  }
});

export const account = {
  changeLanguage: formOf(changeOwnLanguage, () => withDone(adminPaths.account, 'saved')),
  changePassword,
  endSession: formOn('session', endOwnSession, () => withDone(adminPaths.account, 'ended')),
};
