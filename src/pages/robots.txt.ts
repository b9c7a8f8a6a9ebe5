import type { APIRoute } from 'astro';
import { plainResponse } from '../http/published/plain-response.ts';
import { publish } from '../http/published/public-page.ts';
import { siteFiles } from '../paths.ts';

export const GET: APIRoute = ({ locals }) => {
  publish(locals, [], null);
  const sitemap = `${locals.app.config.publicUrl}${siteFiles.sitemap}`;
  return plainResponse('text/plain', `User-agent: *\nDisallow: /admin\n\nSitemap: ${sitemap}\n`);
};
