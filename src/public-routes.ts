/**
 * The one table of public addresses. What is not in it is not there, and costs nobody a render. A new one needs its line here
 * and, where it names something, its question in `domain/public/is-public.ts`; a test says so.
 */
import { languages } from '../db/words.ts';
import type { PublicKind, PublicSubject } from './domain/public/is-public.ts';
import { feedFormats } from './feed-formats.ts';
import { apiPaths, pathsUnder, siteFiles } from './paths.ts';

/** How a value in an address looks. Ids are ours, and the wider set that imported ones may come from. */
const shapes = {
  id: '[0-9a-z]{12}',
  slug: '[a-z0-9-]{1,60}',
  year: '(?:19|20|21)\\d{2}',
  report: '[a-z0-9-]{4,90}',
  version: '[1-9]\\d{0,2}',
  month: '(?:19|20|21)\\d{2}-(?:0[1-9]|1[0-2])',
  priority: 'p[0-3]',
  /** The first page has no number. */
  page: '(?:[2-9]|[1-9]\\d{1,2})',
};

interface PublicRoute {
  /** With `{id}` and the like for values. */
  path: string;
  /** What it names that may not exist, or not be public; null for what is always there. */
  names: PublicKind | null;
}

const route = (path: string, names: PublicKind | null = null): PublicRoute => ({ path, names });

/** What stands at the root, or under the code of a language. */
function routesUnder(prefix: string): PublicRoute[] {
  const paths = pathsUnder(() => prefix);
  const [language] = languages;
  return [
    route(paths.home(language)),
    route(paths.history(language)),
    route(paths.historyMonth(language, '{month}'), 'month'),
    route(paths.historyMonth(language, '{month}', '{page}'), 'page-of-month'),
    route(paths.incident(language, '{id}'), 'incident'),
    route(paths.incident(language, '{id}', '{page}'), 'page-of-incident'),
    route(paths.maintenance(language)),
    route(paths.maintenance(language, '{page}'), 'page-of-maintenance'),
    route(paths.subscribe(language)),
    route(paths.policy(language)),
    route(paths.category(language, '{slug}'), 'category'),
    ...feedFormats.flatMap((format) => [
      route(paths.feed(language, format)),
      route(paths.feed(language, format, '{slug}'), 'category'),
      route(paths.reportFeed(language, format)),
    ]),
    route(paths.reports(language)),
    route(paths.reports(language, '{page}'), 'page-of-reports'),
    route(paths.reportsOfYear(language, '{year}'), 'reports-of-year'),
    route(paths.reportsOfYear(language, '{year}', '{page}'), 'page-of-reports'),
    route(paths.report(language, '{report}'), 'report'),
    route(paths.reportVersion(language, '{report}', '{version}'), 'report-version'),
    route(paths.reportsOfPriority(language, '{priority}')),
    route(paths.reportsOfPriority(language, '{priority}', '{page}'), 'page-of-reports'),
    route(paths.reportsOfCategory(language, '{slug}'), 'reports-of-category'),
    route(paths.reportsOfCategory(language, '{slug}', '{page}'), 'page-of-reports'),
  ];
}

export const publicRoutes: readonly PublicRoute[] = [
  // Every language may stand under its code, and any of them at the root: which do is a setting (`Offered`).
  ...['', ...languages.map((language) => `/${language}`)].flatMap(routesUnder),
  route(siteFiles.robots),
  route(siteFiles.sitemap),
  route(siteFiles.security, 'security-contact'),
  route(apiPaths.status),
  route(apiPaths.incidents),
  route(apiPaths.incidentsBefore('{id}'), 'incident'),
  route(apiPaths.incident('{id}'), 'incident'),
  route(apiPaths.reports),
  route(apiPaths.reportsBefore('{id}'), 'report-by-id'),
  route(apiPaths.report('{id}'), 'report-by-id'),
  route(apiPaths.categories),
  route(apiPaths.components),
  route(apiPaths.policy),
  route(apiPaths.openapi),
];

const value = /\{(\w+)\}/g;
const isShape = (name: string): name is keyof typeof shapes => Object.hasOwn(shapes, name);
const patternOf = (path: string, shapeOf: (name: keyof typeof shapes) => string): string =>
  path
    .replaceAll(/[.?]/g, '\\$&')
    .replaceAll(value, (_, name: string) => (isShape(name) ? shapeOf(name) : name));

const asked = publicRoutes.map(({ path, names }) => ({
  names,
  pattern: new RegExp(`^${patternOf(path, (name) => `(?<${name}>${shapes[name]})`)}$`),
}));
const any = new RegExp(
  `^(?:${publicRoutes.map(({ path }) => patternOf(path, (name) => shapes[name])).join('|')})$`,
);

/** Whether a path looks like a public address; only these are kept as published bytes, so that no other can fill the memory. */
export const isPublicAddress = (path: string): boolean => any.test(path);

/**
 * The address under which the answer to a request is kept: its path, with the cursor of a list for programs, the only
 * query that a public address knows. Null for what is no public address. `target` is as the request has it.
 */
export function keptAddress(path: string, target: string): string | null {
  if (path.includes('?')) return null;
  const asked = path + (/\?.*/.exec(target)?.[0] ?? '');
  return [asked, path].find(isPublicAddress) ?? null;
}

/** What must be public for this address to exist; null where nothing must, undefined for what is no public address. */
export function subjectOf(path: string): PublicSubject | null | undefined {
  for (const { pattern, names } of asked) {
    const found = pattern.exec(path);
    if (found) return names && { kind: names, values: { ...found.groups } };
  }
  return undefined;
}

/** The same address with another slug in the place of its own. */
export function withSlug(path: string, slug: string): string {
  for (const { pattern } of asked) {
    const [from, to] = new RegExp(pattern.source, 'd').exec(path)?.indices?.groups?.slug ?? [];
    if (from !== undefined && to !== undefined) return path.slice(0, from) + slug + path.slice(to);
  }
  return path;
}
