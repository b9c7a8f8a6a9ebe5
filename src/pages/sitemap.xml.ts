import type { APIRoute } from 'astro';
import { languages } from '../../db/words.ts';
import { readSitemap } from '../domain/public/read-sitemap.ts';
import { plainResponse } from '../http/plain-response.ts';
import { publish } from '../http/public-page.ts';
import { publicPaths } from '../paths.ts';

export const GET: APIRoute = async ({ locals }) => {
  const { categorySlugs, incidentIds, reportSlugs, validUntil } = await readSitemap(locals.context);
  publish(locals, ['incidents', 'reports'], validUntil);
  const paths = languages.flatMap((language) => [
    publicPaths.home(language),
    publicPaths.history(language),
    publicPaths.maintenance(language),
    publicPaths.reports(language),
    publicPaths.policy(language),
    publicPaths.subscribe(language),
    ...categorySlugs.map((slug) => publicPaths.category(language, slug)),
    ...reportSlugs.map((slug) => publicPaths.report(language, slug)),
    ...incidentIds.map((id) => publicPaths.incident(language, id)),
  ]);
  // Addresses of ours are ASCII without anything that XML would need escaped.
  const urls = paths.map((path) => `<url><loc>${locals.app.config.publicUrl}${path}</loc></url>`);
  return plainResponse(
    'application/xml',
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`,
  );
};
