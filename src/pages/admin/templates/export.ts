import type { APIRoute } from 'astro';
import { asOneText, exportTemplates } from '../../../domain/wording/templates/export-templates.ts';
import { closedPolicy } from '../../../http/headers.ts';

/** All templates as one Markdown file to keep and compare; the command line and the API give them file by file. */
export const GET: APIRoute = async ({ locals }) =>
  new Response(asOneText(await exportTemplates(locals.context)), {
    headers: {
      'content-type': 'text/markdown; charset=utf-8',
      'content-disposition': 'attachment; filename="update-templates.md"',
      'content-security-policy': closedPolicy,
    },
  });
