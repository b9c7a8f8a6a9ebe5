import { contextOf } from '../application.ts';
import { anonymous } from '../domain/core/authorize.ts';
import { isDomainError } from '../domain/core/errors.ts';
import { signIn as signInVerb } from '../domain/people/sessions/sign-in.ts';
import { signOut as signOutVerb } from '../domain/people/sessions/sign-out.ts';
import { clearSessionCookie, setSessionCookie } from '../http/desk/admin-session.ts';
import { adminPaths } from '../paths.ts';
import { formAction } from './form-action.ts';

const signIn = formAction(async ({ context, values, api }) => {
  const { app, clientAddress } = api.locals;
  const [email = '', password = ''] = [values.email?.at(-1), values.password?.at(-1)];
  await app.limits.check(clientAddress, email);
  try {
    const userAgent = api.request.headers.get('user-agent')?.slice(0, 200) ?? '';
    const session = await signInVerb(contextOf(app, anonymous), { email, password, userAgent });
    await app.limits.succeed(clientAddress, email);
    // The browser forgets its cookie now, so nobody could end that session here any more.
    if (api.locals.session) await signOutVerb(context);
    setSessionCookie(api, session.token);
  } catch (error) {
    if (isDomainError(error) && error.code === 'unauthenticated') await app.limits.fail(clientAddress, email);
    throw error;
  }
  return adminPaths.desk;
});

const signOut = formAction(async ({ context, api }) => {
  await signOutVerb(context);
  clearSessionCookie(api);
  return adminPaths.signIn;
});

export const sessions = { signIn, signOut };
