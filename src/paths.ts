/** Every URL of the application, as a function. English at the root, German under /de (design §5). */
import type { Language } from '../db/words.ts';

export type FeedFormat = 'rss' | 'atom' | 'json';
export const feedFormats: readonly FeedFormat[] = ['rss', 'atom', 'json'];

const under = (language: Language, path: string): string =>
  language === 'de' ? `/de${path === '/' ? '' : path}` : path;

export const publicPaths = {
  home: (language: Language) => under(language, '/'),
  history: (language: Language) => under(language, '/history'),
  maintenance: (language: Language) => under(language, '/maintenance'),
  historyMonth: (language: Language, month: string) => under(language, `/history/${month}`),
  incident: (language: Language, id: string) => under(language, `/incidents/${id}`),
  update: (language: Language, incidentId: string, updateId: string) =>
    `${under(language, `/incidents/${incidentId}`)}#${updateId}`,
  category: (language: Language, slug: string) => under(language, `/categories/${slug}`),
  reports: (language: Language) => under(language, '/reports'),
  report: (language: Language, slug: string) => under(language, `/reports/${slug}`),
  /** One version of it, for good. */
  reportVersion: (language: Language, slug: string, version: number) =>
    under(language, `/reports/${slug}/v${version}`),
  reportsOfPriority: (language: Language, priority: string) =>
    under(language, `/reports/priority/${priority.toLowerCase()}`),
  reportsOfCategory: (language: Language, slug: string) => under(language, `/reports/category/${slug}`),
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

export const apiPaths = {
  status: '/api/v1/status',
  incident: (id: string) => `/api/v1/incidents/${id}`,
  report: (id: string) => `/api/v1/reports/${id}`,
  openapi: '/api/v1/openapi.json',
  policy: '/api/v1/policy',
  template: (id: string) => `/api/v1/templates/${id}`,
};

export const adminPaths = {
  desk: '/admin',
  missing: '/admin/missing',
  signIn: '/admin/sign-in',
  setup: (token: string) => `/admin/setup/${token}`,
  compose: (question: Record<string, string> = {}) => withQuery('/admin/compose', question),
  incidents: '/admin/incidents',
  incident: (id: string) => `/admin/incidents/${id}`,
  log: (question: Record<string, string> = {}) => withQuery('/admin/log', question),
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

const lang = '(?:/de)?';
/** Our ids, and the wider set that imported ones may come from. */
const id = '[0-9a-z]{12}';
const slug = '[a-z0-9-]{1,60}';
const reportSlug = '[a-z0-9-]{4,90}';
/** What may be kept as published bytes: exactly the public addresses, so that no other path can fill the memory. */
const publishable = new RegExp(
  `^(?:/|/de|${lang}/(?:history(?:/\\d{4}-\\d{2})?|incidents/${id}|subscribe|policy|maintenance|categories/${slug}(?:/feed\\.(?:rss|atom|json))?|feed\\.(?:rss|atom|json)|reports(?:/(?:feed\\.(?:rss|atom|json)|priority/p[0-3]|category/${slug}|${reportSlug}(?:/v\\d{1,3})?))?)|/api/v1/(?:reports(?:/${id})?|status|incidents(?:/${id})?|categories|components|policy|openapi\\.json))$`,
);
export const isPublishable = (path: string): boolean => publishable.test(path);

export const languageOfPath = (path: string): Language => (/^\/de(\/|$)/.test(path) ? 'de' : 'en');

/** The same page in the other language. */
export function inOtherLanguage(path: string): string {
  if (languageOfPath(path) === 'de') return path.slice('/de'.length) || '/';
  return path === '/' ? '/de' : `/de${path}`;
}
