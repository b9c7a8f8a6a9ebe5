import type { Actor } from '../../domain/core/authorize.ts';

/** Who is signed in, on pages that the middleware lets only signed-in people see. */
export function signedIn(locals: App.Locals): Actor {
  if (!locals.session)
    throw new Error('This page needs a session: give its route a permission in http/route-policies.ts.');
  return locals.context.actor;
}
