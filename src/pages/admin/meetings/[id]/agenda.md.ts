import type { APIRoute } from 'astro';
import { isDomainError } from '../../../../domain/core/errors.ts';
import { readMeeting } from '../../../../domain/reports/meetings/read-meeting.ts';
import { closedPolicy } from '../../../../http/headers.ts';
import { agendaMarkdown } from '../../../../render/agenda-markdown.ts';

/** The agenda of a meeting as Markdown, in the language of who asks. */
export const GET: APIRoute = async ({ locals, params }) => {
  const page = await readMeeting(locals.context, params.id ?? '').catch((error) => {
    if (isDomainError(error) && error.code === 'not_found') return null;
    throw error;
  });
  if (!page) return new Response(null, { status: 404 });
  return new Response(agendaMarkdown(page, locals.language), {
    headers: { 'content-type': 'text/markdown; charset=utf-8', 'content-security-policy': closedPolicy },
  });
};
