/** The admin area: who is signed in, one form at a time, and nothing lost when the session ended meanwhile. */
import { getActionContext } from 'astro:actions';
import type { APIContext, MiddlewareNext } from 'astro';
import { type FormValues, readValues } from '../../actions/form.ts';
import type { FormOutcome } from '../../actions/form-action.ts';
import { contextOf } from '../../application.ts';
import { isAllowed } from '../../domain/core/authorize.ts';
import { DomainError, unreadable } from '../../domain/core/errors.ts';
import type { Action } from '../../domain/core/permissions.ts';
import { absoluteMs } from '../../domain/people/sessions/limits.ts';
import { readSession } from '../../domain/people/sessions/read-session.ts';
import { presentForm } from '../former-names.ts';
import { bodyLimitOf } from '../guard.ts';
import { commonHeaders } from '../headers.ts';
import { retryAfter } from '../refused/error-response.ts';
import { askedInside } from '../refused/plain-page.ts';
import { preferredLanguage } from '../refused/preferred-language.ts';
import { refused } from '../refused/refused.ts';
import { speak } from '../spoken.ts';

/** @public The signed-in person of a request: `env.d.ts` asks for it, which knip does not see. */
export type AdminSession = NonNullable<Awaited<ReturnType<typeof readSession>>>;

const isHttps = (context: APIContext): boolean => context.locals.app.config.publicUrl.startsWith('https:');
const cookieName = (context: APIContext): string => (isHttps(context) ? '__Host-session' : 'session');

/** Fields that were typed before the session ended travel through the sign-in form under this prefix. */
export const keptPrefix = 'kept.';

/** Fields that are typed again rather than written into the sign-in page. */
const secretFields = new Set(['password', 'current']);
/** The form that the kept fields belong to, where a page has several. */
const actionField = '_action';

/** Lasts as long as the session; told as a duration, because a browser's clock may be off (RFC 6265 §5.2.2). */
export function setSessionCookie(context: Pick<APIContext, 'cookies' | 'locals'>, token: string): void {
  const secure = context.locals.app.config.publicUrl.startsWith('https:');
  const options = {
    path: '/',
    httpOnly: true,
    secure,
    sameSite: 'lax',
    maxAge: absoluteMs / 1_000,
  } as const;
  context.cookies.set(secure ? '__Host-session' : 'session', token, options);
}

export function clearSessionCookie(context: Pick<APIContext, 'cookies' | 'locals'>): void {
  const secure = context.locals.app.config.publicUrl.startsWith('https:');
  context.cookies.delete(secure ? '__Host-session' : 'session', {
    path: '/',
    secure,
    httpOnly: true,
    sameSite: 'lax',
  });
}

/** Answers a request to the admin area: session, form, permission, page, in that order. */
export async function answerAdmin(
  context: APIContext,
  next: MiddlewareNext,
  policy: 'open' | Action,
): Promise<Response> {
  const { locals } = context;
  locals.told = null;
  locals.submitted = context.url.searchParams.get(actionField);
  await takeSession(context, context.cookies.get(cookieName(context))?.value);
  const isWayIn = context.request.method === 'POST' && locals.submitted === 'sessions.signIn';
  if (policy !== 'open' && !locals.session && !isWayIn)
    return signInHere(context, next, 401, await keptFrom(context));
  if (policy !== 'open' && locals.session && !isAllowed(locals.context.actor, policy))
    return finish(context, await next('/admin/refused'), 403);

  const { action, setActionResult, serializeActionResult } = getActionContext(context);
  if (!action) {
    // A form sent without an action asks for its page with what is typed so far: a preview.
    if (context.request.method === 'POST')
      locals.form = { values: await formValues(context), refusal: null, isRestored: false };
    return finish(context, await next());
  }
  const { data, error } = await action.handler();
  // Astro would run the action again when it renders the page, unless it is told the result.
  setActionResult(action.name, serializeActionResult({ data: undefined, error: undefined }));
  if (error) return finish(context, notTaken(context, error.status));
  const outcome: FormOutcome = data;
  if (isWayIn) return afterSignIn(context, next, outcome, policy);
  if ('location' in outcome) return finish(context, redirect(outcome.location));
  return finish(context, await next(), 'refused' in outcome ? outcome.refused : undefined);
}

/** What Astro could not hand to an action: none of this name, or no form. Nothing of the reader's roles is behind it. */
function notTaken({ request, locals }: APIContext, status: number): Response {
  const keys = { 404: 'not_found', 413: 'body_too_large', 415: 'media_type' } as const;
  const key = status === 404 || status === 413 || status === 415 ? keys[status] : 'internal';
  const max = bodyLimitOf(new URL(request.url).pathname) / 1_000;
  const error = key === 'internal' ? new DomainError('internal', key) : unreadable(key, { max });
  const { publicUrl } = locals.app.config;
  const { headers, text } = refused(askedInside(request, locals.offered), {
    status,
    error,
    isHttps: publicUrl.startsWith('https:'),
    body: locals.body ?? null,
    isOurs: true,
  });
  return new Response(text, { status, headers });
}

async function takeSession(context: APIContext, token: string | undefined): Promise<void> {
  const { locals } = context;
  const { store, now } = locals.context;
  locals.session = token ? await readSession({ store, now }, token) : null;
  if (locals.session) locals.context = contextOf(locals.app, locals.session);
  speak(
    locals,
    locals.session?.language ?? preferredLanguage(context.request.headers.get('accept-language')),
  );
}

/** Back to where the person was; with the text that was typed before, if there was one, and nothing done with it yet. */
async function afterSignIn(
  context: APIContext,
  next: MiddlewareNext,
  outcome: FormOutcome,
  policy: 'open' | Action,
): Promise<Response> {
  const { locals } = context;
  const kept = keptValues(locals.form?.values ?? (await formValues(context)));
  if (!('location' in outcome))
    return signInHere(context, next, 'refused' in outcome ? outcome.refused : 500, kept);
  if (Object.keys(kept).length === 0)
    return finish(context, redirect(policy === 'open' ? outcome.location : here(context)));
  await takeSession(context, context.cookies.get(cookieName(context))?.value);
  if (policy !== 'open' && !isAllowed(locals.context.actor, policy))
    return finish(context, await next('/admin/refused'), 403);
  const { [actionField]: submitted, ...values } = kept;
  locals.submitted = presentForm(submitted?.at(-1) ?? '') || null;
  locals.form = { values, refusal: null, isRestored: true };
  return finish(context, await next());
}

async function signInHere(
  context: APIContext,
  next: MiddlewareNext,
  status: number,
  kept: FormValues,
): Promise<Response> {
  context.locals.signIn = { target: here(context), kept };
  return finish(context, await next('/admin/sign-in'), status);
}

/** The address of this request without the action it carries. */
function here(context: APIContext): string {
  const query = new URLSearchParams(context.url.searchParams);
  query.delete(actionField);
  const search = query.toString();
  return search ? `${context.url.pathname}?${search}` : context.url.pathname;
}

async function keptFrom(context: APIContext): Promise<FormValues> {
  if (context.request.method !== 'POST') return {};
  const values = Object.entries(await formValues(context)).filter(
    ([name]) => !secretFields.has(name.split(':')[0] ?? ''),
  );
  const { submitted } = context.locals;
  return { ...Object.fromEntries(values), ...(submitted ? { [actionField]: [submitted] } : {}) };
}

async function formValues(context: APIContext): Promise<FormValues> {
  try {
    return readValues(await context.request.clone().formData());
  } catch {
    return {};
  }
}

const keptValues = (values: FormValues): FormValues =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, all]) =>
      name.startsWith(keptPrefix) ? [[name.slice(keptPrefix.length), all]] : [],
    ),
  );

const redirect = (location: string): Response => new Response(null, { status: 303, headers: { location } });

/** Admin pages are never kept by anyone. */
function finish(context: APIContext, response: Response, status = response.status): Response {
  const headers = new Headers(response.headers);
  const { refusal = null } = context.locals.form ?? {};
  for (const [name, value] of Object.entries(refusal && status === 429 ? retryAfter(refusal) : {}))
    headers.set(name, value);
  headers.set('cache-control', 'no-store');
  headers.set('vary', 'cookie');
  if (headers.get('content-type') === 'text/html') headers.set('content-type', 'text/html; charset=utf-8');
  for (const [name, value] of Object.entries(commonHeaders(isHttps(context)))) headers.set(name, value);
  return new Response(response.body, { status, headers });
}
