import type { IncomingMessage, ServerResponse } from 'node:http';
import { inject } from 'light-my-request';
import { troubleOf } from '../../../db/store.ts';
import { type Application, contextOf } from '../../application.ts';
import { notFound } from '../../domain/core/errors.ts';
import { isPublic, newSlugOf } from '../../domain/public/is-public.ts';
import { subjectOf, withSlug } from '../../public-routes.ts';
import { closedPolicy, commonHeaders } from '../headers.ts';
import { errorBody } from '../refused/error-response.ts';
import type { Publication, Rendered, Site } from './published.ts';

/** What Astro gets with each request. `publication` is filled in by a public page while it renders. */
interface HandlerLocals {
  app: Application;
  requestId: string;
  clientAddress: string;
  publication: Publication | null;
  /** What a form sent, to give it back when nothing can be done with it. */
  body?: Buffer | null;
  /** Set when the database failed while the page was made. */
  failure?: unknown;
}

export type AstroHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
  locals: HandlerLocals,
) => Promise<void>;

/** Caches ask again each time; the answer is a 304 as long as nothing changed. */
const cacheControl = 'public, max-age=0, must-revalidate';

/**
 * The built site and what stands in front of it: addresses that nobody has never reach Astro. Pages are rendered through
 * `light-my-request`, without a socket.
 */
export function siteOf(app: Application, astro: AstroHandler): Site {
  const plain = commonHeaders(app.config.publicUrl.startsWith('https:'));
  const missing: Rendered = {
    status: 404,
    headers: {
      ...plain,
      'content-type': 'application/json; charset=utf-8',
      'content-security-policy': closedPolicy,
      'access-control-allow-origin': '*',
      'cache-control': 'no-store',
    },
    body: Buffer.from(JSON.stringify(errorBody(notFound()))),
    publication: null,
  };
  /** Asked for again each time: another category may be called so one day, and the languages be offered otherwise. */
  const moved = (location: string): Rendered => ({
    status: 301,
    headers: { ...plain, location, 'content-security-policy': closedPolicy, 'cache-control': cacheControl },
    body: Buffer.alloc(0),
    publication: null,
  });
  return {
    async isThere(path) {
      const subject = subjectOf(path);
      const context = contextOf(app);
      try {
        if (subject === undefined) return false;
        await app.offered.settled;
        const here = app.offered.paths.present(path);
        if (subject !== null && !(await isPublic(context, subject))) {
          const slug = await newSlugOf(context, subject);
          return slug !== null && moved(withSlug(here, slug));
        }
        return here === path || moved(here);
      } catch (error) {
        if (troubleOf(error) !== 'unknown') throw error;
        // A fault of ours: the page meets it too, and has words for it.
        return true;
      }
    },
    render: renderer(app, astro),
    missingPage: (path) => app.offered.paths.missing(path),
    missing: (path) => (/^\/api\/v1(\/|$)/.test(path) ? missing : null),
  };
}

/** Renders a public path through Astro without a socket: no cookie, no visitor, the address from PUBLIC_URL. */
function renderer(app: Application, astro: AstroHandler): (path: string) => Promise<Rendered> {
  const host = new URL(app.config.publicUrl).host;
  return async (path) => {
    const locals: HandlerLocals = { app, requestId: 'publish', clientAddress: '', publication: null };
    const answer = await inject(
      (request, response) => {
        const [incoming, outgoing] = [request, response] as unknown as [IncomingMessage, ServerResponse];
        astro(incoming, outgoing, () => outgoing.writeHead(404).end(), locals).catch((error) =>
          outgoing.destroy(error),
        );
      },
      { method: 'GET', url: encodeURI(path), headers: { host } },
    );
    // A page that could not be read is no page of ours; the old bytes stay, or the answer says why.
    const failure = locals.failure ?? (answer.statusCode >= 500 ? app.store.trouble() : null);
    if (failure) throw failure;
    const headers: Record<string, string> = commonHeaders(app.config.publicUrl.startsWith('https:'));
    for (const name of [
      'content-type',
      'content-security-policy',
      'location',
      'access-control-allow-origin',
    ]) {
      const value = answer.headers[name];
      if (value !== undefined) headers[name] = String(value);
    }
    if (headers['content-type'] === 'text/html') headers['content-type'] = 'text/html; charset=utf-8';
    headers['cache-control'] = answer.statusCode === 200 ? cacheControl : 'no-store';
    return { status: answer.statusCode, headers, body: answer.rawPayload, publication: locals.publication };
  };
}
