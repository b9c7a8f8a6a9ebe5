/** The way of a request to the JSON API: token, operation, input, verb, answer; every refusal in one shape. */
import type { APIContext } from 'astro';
import { z } from 'zod';
import { contextOf } from '../../application.ts';
import { type Actor, anonymous } from '../../domain/core/authorize.ts';
import { DomainError } from '../../domain/core/errors.ts';
import { once } from '../../domain/core/idempotency/once.ts';
import { isSetUp } from '../../domain/instance/setup/instance.ts';
import { readToken } from '../../domain/people/tokens/read-token.ts';
import { HttpRefusal } from '../guard.ts';
import { closedPolicy } from '../headers.ts';
import { publish } from '../published/public-page.ts';
import { errorBody, refusalOf, statusOf } from '../refused/error-response.ts';
import { findOperation, MethodRefusal } from './find-operation.ts';
import type { Answer, ApiContext, Operation, Params } from './operation.ts';
import { readBearer, readInput, readKey } from './request.ts';

/** Answers any request below /api/v1. */
export async function answerApi({ request, locals, params, url }: APIContext): Promise<Response> {
  const isForeign = request.headers.get('authorization') === null && isReading(request);
  try {
    const { app } = locals;
    const actor = await readActor(locals, request.headers);
    const { paths } = app.offered;
    const context: ApiContext = { ...contextOf(app, actor), publicUrl: app.config.publicUrl, paths };
    const found = findOperation(request.method, params.path ?? '');
    if (actor.kind === 'anonymous')
      return await answerWorld(locals, context, found, url.searchParams.get('before'));
    const input = await readInput(found.operation, request, url.searchParams);
    return await answerTeam(context, found, input, readKey(found.operation, request.headers));
  } catch (error) {
    return refuse(locals, error, isForeign);
  }
}

const isReading = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';

/** Only a token says who acts; a cookie never does. */
async function readActor({ app }: App.Locals, headers: Headers): Promise<Actor> {
  const token = readBearer(headers);
  if (token === null) return anonymous;
  const actor = await readToken({ store: app.store, now: app.now() }, token);
  if (!actor) throw new DomainError('unauthenticated', 'bad_token');
  return actor;
}

interface Found {
  operation: Operation;
  params: Params;
}

/** Public facts for everybody, from every origin; kept as published bytes. */
async function answerWorld(
  locals: App.Locals,
  context: ApiContext,
  { operation, params }: Found,
  before: string | null,
): Promise<Response> {
  if (!operation.publicRead) throw new DomainError('unauthenticated', 'unauthenticated');
  // The description of the API is true of an empty page too.
  if (operation.path !== '/openapi.json' && !(await isSetUp(context.store)))
    throw new DomainError('unavailable', 'being_set_up');
  const { body, tags, validUntil } = await operation.publicRead.run(context, params, before);
  publish(locals, tags, validUntil);
  return json(operation.status, body, fromEverywhere);
}

const fromEverywhere = { 'access-control-allow-origin': '*' };

async function answerTeam(
  context: ApiContext,
  found: Found,
  input: Record<string, unknown>,
  key: string | null,
): Promise<Response> {
  const { operation, params } = found;
  const prepare = () => operation.prepared(context, params, input);
  if (operation.method === 'GET') {
    const read = await prepare();
    return json(operation.status, (await read(context)).body);
  }
  let told: Answer['once'];
  // A quick digest of a password must not be stored.
  const { password: _password, ...rest } = input;
  const answer = await once(context, key, { operation: operation.id, params, input: rest }, async () => {
    const work = await prepare();
    // Change and answer share a transaction, so that the answer is the state that the change made, or nothing was changed.
    return () =>
      context.store.transaction(async (tx) => {
        const inside = { ...context, store: { ...context.store, read: tx.db } };
        const { body, location = null, once: secrets } = await work(inside);
        told = secrets;
        return { status: operation.status, body: { body, location } };
      });
  });
  const { body, location } = stored.parse(answer.body);
  const headers: Record<string, string> = location === null ? {} : { location: context.publicUrl + location };
  return json(answer.status, { ...body, ...told }, headers);
}

const stored = z.object({ body: z.record(z.string(), z.unknown()), location: z.string().nullable() });

const secure = { 'cache-control': 'no-store', 'content-security-policy': closedPolicy };

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  if (status === 204) return new Response(null, { status, headers: { ...secure, ...headers } });
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return new Response(JSON.stringify(body), { status, headers: { ...secure, ...type, ...headers } });
}

function refuse({ app, requestId }: App.Locals, error: unknown, isForeign: boolean): Response {
  const refusal = error instanceof HttpRefusal ? error.error : refusalOf(error);
  const status = error instanceof HttpRefusal ? error.status : statusOf(refusal);
  if (status >= 500) app.log.error({ requestId, err: error }, 'request failed');
  const headers: Record<string, string> = isForeign ? { ...fromEverywhere } : {};
  if (status === 401)
    headers['www-authenticate'] =
      `Bearer realm="Klartext"${refusal.key === 'bad_token' ? ', error="invalid_token"' : ''}`;
  if (error instanceof MethodRefusal) headers.allow = error.allow;
  return json(status, errorBody(refusal), headers);
}
