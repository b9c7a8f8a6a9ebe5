import type { APIRoute } from 'astro';
import { readSitemap } from '../domain/public/read-sitemap.ts';
import { plainResponse } from '../http/published/plain-response.ts';
import { publish } from '../http/published/public-page.ts';

export const GET: APIRoute = async ({ locals }) => {
  const { categorySlugs, incidentIds, reportSlugs, validUntil } = await readSitemap(locals.context);
  publish(locals, ['incidents', 'reports'], validUntil);
  const { languages, paths } = locals.app.offered;
  const all = languages.flatMap((language) => [
    paths.home(language),
    paths.history(language),
    paths.maintenance(language),
    paths.reports(language),
    paths.policy(language),
    paths.subscribe(language),
    ...categorySlugs.map((slug) => paths.category(language, slug)),
    ...reportSlugs.map((slug) => paths.report(language, slug)),
    ...incidentIds.map((id) => paths.incident(language, id)),
  ]);
  // Addresses of ours are ASCII without anything that XML would need escaped.
  const urls = all.map((path) => `<url><loc>${locals.app.config.publicUrl}${path}</loc></url>`);
  return plainResponse(
    'application/xml',
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`,
  );
};
