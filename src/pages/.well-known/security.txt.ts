import type { APIRoute } from 'astro';
import { readSettings } from '../../domain/core/settings/read-settings.ts';
import { defaultSettings } from '../../domain/core/settings/settings.ts';
import { plainResponse } from '../../http/published/plain-response.ts';
import { publish } from '../../http/published/public-page.ts';
import { siteFiles } from '../../paths.ts';

/** RFC 9116. It says of itself that it holds for half a year from the first of the month, and is made anew each month. */
export const GET: APIRoute = async ({ locals, rewrite }) => {
  const { context, app } = locals;
  const { security_contact: contact } = await readSettings(context.store);
  // Nobody reads what is sent to the address that stands there before somebody set one (domain/public/is-public.ts).
  if (contact === defaultSettings.security_contact) return rewrite('/404');
  const firstOf = (months: number): Date =>
    new Date(Date.UTC(context.now.getUTCFullYear(), context.now.getUTCMonth() + months, 1));
  publish(locals, [], firstOf(1));
  const lines = [
    `Contact: ${contact.startsWith('https://') ? contact : `mailto:${contact}`}`,
    `Expires: ${firstOf(6).toISOString().replace('.000', '')}`,
    `Preferred-Languages: ${locals.offered.join(', ')}`,
    `Canonical: ${app.config.publicUrl}${siteFiles.security}`,
  ];
  return plainResponse('text/plain', `${lines.join('\n')}\n`);
};
