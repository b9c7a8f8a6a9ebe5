import type { Language } from '../../db/words.ts';
import type { Actor } from '../domain/core/authorize.ts';

/** Who is signed in, on pages that the middleware lets only signed-in people see. */
export function signedIn(locals: App.Locals): { actor: Actor; language: Language } {
  if (!locals.session)
    throw new Error('This page needs a session: give its route a permission in http/route-policies.ts.');
  return { actor: locals.context.actor, language: locals.session.language };
}
