/** The pages of the desk that somebody can reach from its first one, a few of each kind. */
import type { TestServer } from './server.ts';

/** Pages of one kind differ by an id or what a query asks. */
export const kindOf = (path: string): string =>
  path
    .replace(/=[^&]*/g, '=')
    .replace(/\/[0-9a-z]{12}(?=\/|\?|$)/g, '/*')
    .replace(/templates\/[^/?]+/, 'templates/*');

/** What can be in many states is looked at often. */
const inStates = (kind: string): number => {
  if (/^\/admin\/(incidents|reports)\/\*$/.test(kind)) return 8;
  return kind.startsWith('/admin/compose?incident=') ? 4 : 2;
};

/** Asks for them one after the other; whoever looks at one may send its forms before the next. */
export async function* deskPages(server: TestServer, cookie: string, perKind = inStates) {
  const known = new Set(['/admin']);
  const kinds = new Map<string, number>();
  // What is added while it is walked over comes later.
  for (const path of known) {
    const answer = await server.fetch(path, { headers: { cookie } });
    const html = await answer.text();
    const isPage = answer.headers.get('content-type')?.startsWith('text/html') ?? false;
    for (const next of isPage ? linksOf(server, html, path) : []) {
      const count = kinds.get(kindOf(next)) ?? 0;
      if (known.has(next) || count >= perKind(kindOf(next))) continue;
      known.add(next);
      kinds.set(kindOf(next), count + 1);
    }
    yield { path, status: answer.status, html, isPage };
  }
}

const linksOf = (server: TestServer, html: string, at: string): string[] =>
  [...html.matchAll(/<a [^>]*?href="([^"]*)"/g)].flatMap(([, href = '']) => {
    const url = new URL(href.replaceAll('&amp;', '&').replaceAll('&#38;', '&'), `${server.publicUrl}${at}`);
    const isInside = url.origin === server.publicUrl && url.pathname.startsWith('/admin');
    return isInside ? [url.pathname + url.search] : [];
  });
