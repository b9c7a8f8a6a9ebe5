/** Walks over everything a built site answers to a stranger. */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { operations } from '../../src/http/api/operations.ts';
import type { TestServer } from './server.ts';

/** The patterns of our own routes, from the manifest inside the built site, so that a new page is in it by itself. */
export async function builtRoutes(): Promise<string[]> {
  const folder = resolve('dist/server/chunks');
  const files = readdirSync(folder).filter((file) => /^server_.*\.mjs$/.test(file));
  for (const file of files) {
    const module: Record<string, unknown> = await import(
      /* @vite-ignore */ pathToFileURL(resolve(folder, file)).href
    );
    const found = Object.values(module).flatMap(routesOf);
    if (found.length > 0) return found;
  }
  throw new Error(
    'The built site has no manifest where it used to be: look into dist/server and mend tests/support/crawl.ts.',
  );
}

function routesOf(value: unknown): string[] {
  const routes = typeof value === 'object' && value !== null && 'routes' in value ? value.routes : [];
  if (!Array.isArray(routes)) return [];
  return routes.flatMap(({ routeData }: { routeData?: { route: string; origin: string } }) =>
    routeData?.origin === 'project' ? [routeData.route] : [],
  );
}

/** All addresses of a route: `[id]` and `[...lang]` replaced by each of their values; an empty one leaves its segment out. */
export function addressesOf(route: string, valuesOf: (parameter: string) => readonly string[]): string[] {
  const [, whole, name] = /(\[(?:\.\.\.)?(\w+)\])/.exec(route) ?? [];
  if (!whole || !name) return [route];
  return valuesOf(name).flatMap((value) => {
    const filled = route.replace(whole, () => value).replace(/\/{2,}/g, '/');
    return addressesOf(filled.length > 1 ? filled.replace(/\/$/, '') : filled, valuesOf);
  });
}

/** What GET may ask of /api/v1, below it. */
export const apiAddresses = (ids: readonly string[]): string[] =>
  [...new Set(operations.map((operation) => operation.path))].flatMap((path) =>
    path.includes('{id}') ? ids.map((id) => path.replace('{id}', id).slice(1)) : [path.slice(1)],
  );

export interface Seen {
  method: string;
  path: string;
  status: number;
  headers: string;
  body: string;
}

/** Asks for `paths` and for every address of ours that an answer names; what is there also with HEAD. `who` is the headers of somebody known. */
export async function crawl(
  server: TestServer,
  paths: readonly string[],
  who: Record<string, string> = {},
): Promise<Seen[]> {
  const known = new Set(paths);
  const queue = [...known];
  const seen: Seen[] = [];
  const walk = async (): Promise<void> => {
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      const answer = await ask(server, 'GET', path, who);
      seen.push(answer);
      if (answer.status === 200) seen.push(await ask(server, 'HEAD', path, who));
      for (const link of linksIn(answer, server.publicUrl)) {
        if (known.has(link)) continue;
        known.add(link);
        queue.push(link);
      }
    }
  };
  await Promise.all(Array.from({ length: 4 }, walk));
  return seen.sort((a, b) => (a.path + a.method < b.path + b.method ? -1 : 1));
}

/** Asks for `paths` and nothing else. */
export const look = (
  server: TestServer,
  paths: readonly string[],
  who: Record<string, string> = {},
): Promise<Seen[]> => Promise.all(paths.map((path) => ask(server, 'GET', path, who)));

/** Headers that differ each time without saying anything. */
const ownOfEachAnswer = /^(date|x-request-id|connection|keep-alive)$/;

async function ask(
  server: TestServer,
  method: string,
  path: string,
  who: Record<string, string> = {},
): Promise<Seen> {
  const answer = await server.fetch(path, { method, headers: { 'accept-encoding': 'identity', ...who } });
  const headers = [...answer.headers]
    .filter(([name]) => !ownOfEachAnswer.test(name))
    .map(([name, value]) => `${name}: ${value}`);
  return { method, path, status: answer.status, headers: headers.join('\n'), body: await answer.text() };
}

function linksIn({ headers, body }: Seen, publicUrl: string): string[] {
  const text = `${headers}\n${body}`.replaceAll('&amp;', '&').replaceAll('\\/', '/');
  const absolute = [
    ...text.matchAll(new RegExp(`${publicUrl.replaceAll('.', '\\.')}(/[^\\s"'<>\\\\)]*)?`, 'g')),
  ].map(([, path]) => path ?? '/');
  const relative = [...text.matchAll(/(?:href|src|action)="(\/[^"]*)"|^location: (\/\S*)/gm)].map(
    ([, link, location]) => link ?? location ?? '/',
  );
  return [...absolute, ...relative]
    .map((link) => link.replace(/#.*/, ''))
    .filter((link) => link !== '' && !link.startsWith('//'));
}
