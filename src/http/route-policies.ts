import { languages } from '../../db/words.ts';
import type { Action } from '../domain/core/permissions.ts';

/**
 * Who may open each route. A route that is missing here fails the build and is refused at run time.
 * `public` and `feed` go out as published bytes; `api` asks its operations; `open` is the way in; else a permission.
 */
export const routePolicies: Record<string, 'public' | 'api' | 'open' | Action> = {
  '/[...lang]': 'public',
  '/[...lang]/history': 'public',
  '/[...lang]/history/[month]/[...page]': 'public',
  '/[...lang]/incidents/[id]/[...page]': 'public',
  '/[...lang]/categories/[slug]': 'public',
  '/[...lang]/categories/[slug]/feed.[format]': 'public',
  '/[...lang]/reports': 'public',
  '/[...lang]/reports/[slug]': 'public',
  '/[...lang]/reports/[slug]/[version]': 'public',
  '/[...lang]/reports/priority/[priority]/[...page]': 'public',
  '/[...lang]/reports/category/[slug]/[...page]': 'public',
  '/[...lang]/reports/feed.[format]': 'public',
  '/[...lang]/reports/link/[token]': 'public',
  '/[...lang]/subscribe': 'public',
  '/[...lang]/policy': 'public',
  '/[...lang]/maintenance/[...page]': 'public',
  '/[...lang]/feed.[format]': 'public',
  '/robots.txt': 'public',
  '/sitemap.xml': 'public',
  '/.well-known/security.txt': 'public',
  '/being-set-up': 'public',
  '/404': 'public',
  '/500': 'public',
  '/api/v1/[...path]': 'api',
  '/admin/sign-in': 'open',
  '/admin/setup/[token]': 'open',
  '/admin/refused': 'open',
  '/admin/missing': 'incidents.read',
  '/admin': 'incidents.read',
  '/admin/compose': 'incidents.open',
  '/admin/incidents': 'incidents.read',
  '/admin/incidents/[id]': 'incidents.read',
  '/admin/updates/[id]': 'incidents.correct-update',
  '/admin/not-public': 'incidents.record',
  '/admin/roster': 'roster.read',
  '/admin/roster/shifts/[id]': 'roster.change',
  '/admin/catalogue': 'categories.read',
  '/admin/catalogue/categories/[id]': 'categories.change',
  '/admin/catalogue/components/[id]': 'components.change',
  '/admin/catalogue/groups/[id]': 'groups.change',
  '/admin/templates': 'templates.read',
  '/admin/templates/[scope]/[occasion]': 'templates.read',
  '/admin/templates/free-text': 'templates.read',
  '/admin/templates/export': 'templates.read',
  '/admin/users': 'users.read',
  '/admin/users/[id]': 'users.change',
  '/admin/settings': 'settings.read',
  '/admin/audit': 'audit.read',
  '/admin/account': 'account.change-own',
  '/admin/problems': 'problems.read',
  '/admin/problems/[id]': 'problems.read',
  '/admin/meetings': 'reports.read',
  '/admin/meetings/[id]': 'reports.read',
  '/admin/meetings/[id]/agenda.md': 'reports.read',
  '/admin/promises': 'incidents.read',
  '/admin/policy': 'settings.read',
  '/admin/reports/[id]/text': 'reports.write',
  '/admin/reports': 'reports.read',
  '/admin/reports/[id]': 'reports.read',
  '/admin/reports/[id]/review': 'reports.read',
};

const segment = (part: string): string =>
  part
    .replaceAll('.', '\\.')
    .replace(/\[(?:\\\.){3}\w+\]/, '.*')
    .replace(/\[\w+\]/, '[^/]+');
/** Routes that answer themselves, and what opens with a link: all that is no published page (public-routes.ts). */
const own = Object.entries(routePolicies)
  .filter(([pattern, policy]) => policy !== 'public' || pattern.includes('[token]'))
  .map(
    ([pattern]) =>
      new RegExp(
        `^${pattern
          .replace('/[...lang]', `(?:/(?:${languages.join('|')}))?`)
          .split('/')
          .map(segment)
          .join('/')}$`,
      ),
  );

/** Whether Astro has a page or an endpoint of its own for `path`, beside the published ones. */
export const isOwnRoute = (path: string): boolean => own.some((pattern) => pattern.test(path));

/** Ends the build when a page or an endpoint of ours has no policy (astro.config.mjs). */
export function refuseUndeclaredRoutes(routes: readonly { pattern: string; origin: string }[]): void {
  const undeclared = routes.filter(
    ({ pattern, origin }) => origin === 'project' && !Object.hasOwn(routePolicies, pattern),
  );
  if (undeclared.length === 0) return;
  const patterns = undeclared.map(({ pattern }) => pattern).join(', ');
  throw new Error(
    `Nobody has said who may open ${patterns}. Add it to routePolicies in src/http/route-policies.ts.`,
  );
}
