import { defineMiddleware } from 'astro:middleware';
import type { APIContext, MiddlewareNext } from 'astro';
import { isLanguage } from '../db/words.ts';
import { contextOf } from './application.ts';
import { anonymous } from './domain/core/authorize.ts';
import { isSetUp } from './domain/instance/setup/instance.ts';
import { answerAdmin } from './http/desk/admin-session.ts';
import { packed } from './http/packed.ts';
import { isStorageFailure } from './http/refused/error-response.ts';
import { unavailableResponse } from './http/refused/unavailable.ts';
import { routePolicies } from './http/route-policies.ts';
import { speak } from './http/spoken.ts';

export const onRequest = defineMiddleware(async (context, next) =>
  packed(context, await answer(context, next)),
);

/** Feeds and files of a page that nobody has set up are empty, which is true; what its pages would say is not. */
const isPage = (route: string): boolean => !/\.(?:\[format\]|txt|xml)$|^\/(?:404|500)$/.test(route);

/** Sets who acts, and refuses a route without a declared policy: the second wall behind the verbs. */
async function answer(context: APIContext, next: MiddlewareNext): Promise<Response> {
  const { locals } = context;
  await locals.app.offered.settled;
  const { languages, paths } = locals.app.offered;
  locals.offered = languages;
  locals.paths = paths;
  locals.context = contextOf(locals.app, anonymous);
  locals.session = null;
  locals.form = null;
  locals.signIn = null;
  const policy = Object.hasOwn(routePolicies, context.routePattern)
    ? routePolicies[context.routePattern]
    : undefined;
  if (policy === undefined) return new Response(null, { status: 404 });
  // Astro closes the address of a folder with a slash.
  const path = context.originPathname.replace(/(.)\/$/, '$1');
  speak(locals, paths.languageOf(path));
  try {
    const { lang } = context.params;
    if (lang && !isLanguage(lang)) return withCharset(await next('/404'));
    if (policy === 'public' && paths.present(path) !== path)
      return context.redirect(paths.present(path), 301);
    if (policy === 'public' && isPage(context.routePattern) && !(await isSetUp(locals.app.store)))
      return withCharset(await next('/being-set-up'));
    if (policy === 'public' || policy === 'api') return withCharset(await next());
    return await answerAdmin(context, next, policy);
  } catch (error) {
    if (!isStorageFailure(error)) throw error;
    locals.failure = error;
    locals.app.log.error({ requestId: locals.requestId, err: error }, 'the database failed');
    return unavailableResponse(context.request, error, locals);
  }
}

/** Astro names no charset; every response of ours does. */
function withCharset(response: Response): Response {
  if (response.headers.get('content-type') === 'text/html')
    response.headers.set('content-type', 'text/html; charset=utf-8');
  return response;
}
