import { contextOf } from '../application.ts';
import { anonymous } from '../domain/core/authorize.ts';
import { completeSetup } from '../domain/instance/setup/complete-setup.ts';
import { signIn } from '../domain/people/sessions/sign-in.ts';
import { setSessionCookie } from '../http/desk/admin-session.ts';
import { adminPaths } from '../paths.ts';
import { typedIn, withDone } from './done.ts';
import { formAction } from './form-action.ts';

/** Makes the first administrator, signs that person in, and leads to the desk with what is still to do. */
const complete = formAction(async ({ input, values, api }) => {
  const context = contextOf(api.locals.app, anonymous);
  const [email, password] = [typedIn(values, 'email:text'), typedIn(values, 'password')];
  await completeSetup(context, { ...input, email, password });
  const userAgent = api.request.headers.get('user-agent') ?? '';
  const session = await signIn(context, { email, password, userAgent });
  setSessionCookie(api, session.token);
  return withDone(adminPaths.desk, 'setUp');
});

export const setup = { complete };
