/**
 * The golden crawl: everything the demo's company tells the world at one instant, written so that two crawls can be
 * compared. What is random (ids) has names made of what the rows say; styles and scripts stand once, not on every page.
 */
import { demoBegin, loadDemo } from '../../db/demo.ts';
import { idPattern } from '../../db/ids.ts';
import type { Store } from '../../db/store.ts';
import { projectRoot } from '../../src/open-application.ts';
import { addressesOf, apiAddresses, builtRoutes, crawl } from '../support/crawl.ts';
import { spoken } from '../support/in-words.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { afternoon } from '../support/world.ts';

/** What each address answers: status, kind and address it leads to in the first line, then the body, a tag or value a line. */
export type Golden = Record<string, string>;

/** Tells the demo's story on an empty database, of a page that offers the languages the tests speak, stops the clock at that afternoon, and asks for every public address. */
export async function crawlDemo(postgres?: string): Promise<Golden> {
  const server = await startTestServer({
    now: demoBegin(afternoon),
    isFresh: true,
    ...(postgres ? { postgres } : {}),
  });
  try {
    await tellDemo(server);
    return await crawlServer(server);
  } finally {
    await server.stop();
  }
}

/** Tells the demo's story, and stops the clock where it ends. */
export async function tellDemo({ app, clock }: TestServer): Promise<void> {
  await loadDemo({ store: app.store, renderTexts: app.safeHtml.render, now: afternoon }, projectRoot);
  clock.now = afternoon;
}

/** What a server tells the world at every public address. */
export async function crawlServer(server: TestServer): Promise<Golden> {
  const seen = await crawl(server, await firstAddresses());
  const isTold = ({ method, path }: { method: string; path: string }): boolean =>
    method === 'GET' && !/^\/(admin|_astro)(\/|$)/.test(path);
  const name = await namesOfIds(server.app.store);
  const styles = new Map<string, string>();
  const golden: Golden = {};
  for (const { path, status, headers, body } of seen.filter(isTold)) {
    const told = headers.split('\n').filter((line) => /^(content-type|location|cache-control):/.test(line));
    golden[name(path)] = `${[status, ...told].join(' · ')}\n${inLines(name(body), styles)}\n`;
  }
  for (const [text, at] of styles) golden[at] = `${text.replaceAll('}', '}\n')}\n`;
  return golden;
}

/** Every route without a value of its own, in both languages; what needs an id is found by its links. */
async function firstAddresses(): Promise<string[]> {
  const values: Record<string, readonly string[]> = {
    lang: ['', ...spoken.slice(1)],
    format: ['rss', 'atom', 'json'],
  };
  const pages = (await builtRoutes())
    .filter((route) => !/^\/(admin|api|404|500)/.test(route))
    .flatMap((route) => addressesOf(route, (parameter) => values[parameter] ?? []));
  const files = ['/robots.txt', '/sitemap.xml', '/favicon.ico', '/.well-known/security.txt', '/unknown'];
  return [
    ...pages,
    ...files,
    ...spoken.slice(1).map((language) => `/${language}/unknown`),
    ...apiAddresses([]).map((path) => `/api/v1/${path}`),
  ];
}

/** A function that puts names for the ids of all rows: the table, and the row's place by what it says beside ids. */
async function namesOfIds({ tables, read }: Store): Promise<(text: string) => string> {
  const names = new Map<string, string>();
  for (const [table, columns] of Object.entries(tables)) {
    if (!('id' in columns)) continue;
    const rows: Record<string, unknown>[] = await read.select().from(columns);
    const says = (row: Record<string, unknown>): string =>
      JSON.stringify(Object.values(row).filter((value) => !(typeof value === 'string' && isRandom(value))));
    const ordered = rows
      .map((row) => [says(row), String(row.id)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [at, [, id]] of ordered.entries()) names.set(id, `${table}-${at + 1}`);
  }
  return (text) => text.replace(/[0-9a-z]{12}/g, (found) => names.get(found) ?? found);
}

/** Ids, and digests of what is random. */
const isRandom = (value: string): boolean =>
  idPattern.test(value) || /^[\w-]{43}$|^[0-9a-f]{64}$/.test(value);

/** A tag or a value a line, so that a difference is a few lines and not a page. */
function inLines(body: string, styles: Map<string, string>): string {
  const once = body.replace(/<(style|script)>([\s\S]*?)<\/\1>/g, (_, kind: string, text: string) => {
    const at = styles.get(text) ?? `${kind} ${styles.size + 1}`;
    styles.set(text, at);
    return `<${kind} ${at}>`;
  });
  return once.startsWith('{') || once.startsWith('[')
    ? JSON.stringify(JSON.parse(once), inOrder, 1)
    : once.replace(/(?<!^)</gm, '\n<');
}

/** Keys and the states of components come in the order of random ids; by name they have a lasting one. */
function inOrder(key: string, value: unknown): unknown {
  if (Array.isArray(value) && key === 'components')
    return value.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
