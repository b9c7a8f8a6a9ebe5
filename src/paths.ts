/**
 * Every URL of the application, as a function. The first language that the page offers stands at the root, the others under
 * their code. Desk pages below a slug are not led on after it changed: they are one tap away.
 */
import { type Language, languages } from '../db/words.ts';
import type { FeedFormat } from './feed-formats.ts';

/** A long list goes on below its own address; its first page is the address itself. */
const onPage = (path: string, page: number | string): string => (page === 1 ? path : `${path}/${page}`);

/** The public addresses, where each language has its `prefix`: its code behind a slash, or nothing at the root. */
export function pathsUnder(prefix: (language: Language) => string) {
  const under = (language: Language, path: string): string =>
    path === '/' ? prefix(language) || '/' : prefix(language) + path;
  return {
    home: (language: Language) => under(language, '/'),
    history: (language: Language) => under(language, '/history'),
    maintenance: (language: Language, page: number | string = 1) =>
      onPage(under(language, '/maintenance'), page),
    historyMonth: (language: Language, month: string, page: number | string = 1) =>
      onPage(under(language, `/history/${month}`), page),
    incident: (language: Language, id: string, page: number | string = 1) =>
      onPage(under(language, `/incidents/${id}`), page),
    update: (language: Language, incidentId: string, updateId: string) =>
      `${under(language, `/incidents/${incidentId}`)}#${updateId}`,
    category: (language: Language, slug: string) => under(language, `/categories/${slug}`),
    reports: (language: Language, page: number | string = 1) => onPage(under(language, '/reports'), page),
    report: (language: Language, slug: string) => under(language, `/reports/${slug}`),
    /** One version of it, for good. */
    reportVersion: (language: Language, slug: string, version: number | string) =>
      under(language, `/reports/${slug}/v${version}`),
    reportsOfYear: (language: Language, year: string, page: number | string = 1) =>
      onPage(under(language, `/reports/${year}`), page),
    reportsOfPriority: (language: Language, priority: string, page: number | string = 1) =>
      onPage(under(language, `/reports/priority/${priority.toLowerCase()}`), page),
    reportsOfCategory: (language: Language, slug: string, page: number | string = 1) =>
      onPage(under(language, `/reports/category/${slug}`), page),
    reportFeed: (language: Language, format: FeedFormat) => under(language, `/reports/feed.${format}`),
    reportLink: (language: Language, token: string) => under(language, `/reports/link/${token}`),
    subscribe: (language: Language) => under(language, '/subscribe'),
    policy: (language: Language) => under(language, '/policy'),
    feed: (language: Language, format: FeedFormat, categorySlug?: string) =>
      under(
        language,
        categorySlug === undefined ? `/feed.${format}` : `/categories/${categorySlug}/feed.${format}`,
      ),
  };
}

/** The language whose code stands before a path. */
export const languageNamedBy = (path: string): Language | undefined =>
  languages.find((code) => `${path}/`.startsWith(`/${code}/`));

/** The public addresses of a page that offers these languages, one at least. One that it does not offer is read as the first. */
export function pathsOf(offered: readonly Language[]) {
  const [root = languages[0]] = offered;
  const prefixOf = (language: Language): string =>
    language === root || !offered.includes(language) ? '' : `/${language}`;
  /** The language whose code stands before a path, and the rest; what stands under no code is in the first. */
  const parts = (path: string): { language: Language; rest: string } => {
    const language = languageNamedBy(path);
    return language
      ? { language, rest: path.slice(language.length + 1) || '/' }
      : { language: root, rest: path };
  };
  const inLanguage = (path: string, language: Language): string => {
    const { rest } = parts(path);
    return rest === '/' ? prefixOf(language) || '/' : prefixOf(language) + rest;
  };
  const languageOf = (path: string): Language => {
    const { language } = parts(path);
    return offered.includes(language) ? language : root;
  };
  return {
    ...pathsUnder(prefixOf),
    offered,
    /** The language at the root, in which programs are led to a page. */
    root,
    languageOf,
    /** The same page in another language. */
    inLanguage,
    /** Where a page stands now: under its language's code, or at the root since that language is the first or not offered. */
    present: (path: string): string => inLanguage(path, languageOf(path)),
    /** What is said, in the language of `path`, where nothing is; kept under this name, which is no address itself. */
    missing: (path: string): string => inLanguage('/404', languageOf(path)),
  };
}
export type PublicPaths = ReturnType<typeof pathsOf>;

/** As they are until the page says otherwise: every language of the product, in its order. */
export const publicPaths = pathsOf(languages);

/** What programs look for under a name that is the same everywhere. */
export const siteFiles = {
  robots: '/robots.txt',
  sitemap: '/sitemap.xml',
  security: '/.well-known/security.txt',
};

export const apiPaths = {
  status: '/api/v1/status',
  incidents: '/api/v1/incidents',
  /** What a list goes on with after an id of it; the world's cursor is the team's. */
  incidentsBefore: (id: string) => `/api/v1/incidents?before=${id}`,
  reportsBefore: (id: string) => `/api/v1/reports?before=${id}`,
  incident: (id: string) => `/api/v1/incidents/${id}`,
  reports: '/api/v1/reports',
  report: (id: string) => `/api/v1/reports/${id}`,
  categories: '/api/v1/categories',
  components: '/api/v1/components',
  openapi: '/api/v1/openapi.json',
  policy: '/api/v1/policy',
  template: (id: string) => `/api/v1/templates/${id}`,
};

export const adminPaths = {
  desk: '/admin',
  missing: '/admin/missing',
  /** What of a released restricted incident is security's alone. */
  securityPublishes: '/admin/refused?why=security_publishes',
  signIn: '/admin/sign-in',
  setup: (token: string) => `/admin/setup/${token}`,
  compose: (question: Record<string, string> = {}) => withQuery('/admin/compose', question),
  incidents: '/admin/incidents',
  incident: (id: string, question: Record<string, string> = {}) =>
    withQuery(`/admin/incidents/${id}`, question),
  notPublic: (question: Record<string, string> = {}) => withQuery('/admin/not-public', question),
  roster: '/admin/roster',
  shift: (id: string) => `/admin/roster/shifts/${id}`,
  correct: (updateId: string) => `/admin/updates/${updateId}`,
  catalogue: '/admin/catalogue',
  category: (id: string) => `/admin/catalogue/categories/${id}`,
  component: (id: string) => `/admin/catalogue/components/${id}`,
  group: (id: string) => `/admin/catalogue/groups/${id}`,
  templates: '/admin/templates',
  matrix: (question: Record<string, string>) => withQuery('/admin/templates', question),
  template: (scope: string, occasion: string) => `/admin/templates/${scope}/${occasion}`,
  freeText: '/admin/templates/free-text',
  templatesExport: '/admin/templates/export',
  users: '/admin/users',
  user: (id: string) => `/admin/users/${id}`,
  settings: '/admin/settings',
  audit: '/admin/audit',
  account: '/admin/account',
  promises: (question: Record<string, string> = {}) => withQuery('/admin/promises', question),
  policy: '/admin/policy',
  reports: '/admin/reports',
  report: (id: string, question: Record<string, string> = {}) => withQuery(`/admin/reports/${id}`, question),
  reportText: (id: string) => `/admin/reports/${id}/text`,
  reportReview: (id: string) => `/admin/reports/${id}/review`,
  problems: (question: Record<string, string> = {}) => withQuery('/admin/problems', question),
  problem: (id: string) => `/admin/problems/${id}`,
  meetings: '/admin/meetings',
  meeting: (id: string) => `/admin/meetings/${id}`,
  meetingAgenda: (id: string) => `/admin/meetings/${id}/agenda.md`,
};

function withQuery(path: string, question: Record<string, string>): string {
  const query = new URLSearchParams(question).toString();
  return query ? `${path}?${query}` : path;
}
