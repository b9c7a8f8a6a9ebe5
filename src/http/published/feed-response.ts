import type { APIContext } from 'astro';
import { readFeed } from '../../domain/public/read-feed.ts';
import { readReportFeed } from '../../domain/public/read-report-feed.ts';
import { type FeedFormat, feedFormats, feedTable } from '../../feed-formats.ts';
import { type FeedModel, feedEntries } from '../../render/feed-entries.ts';
import { renderFeed } from '../../render/feeds.ts';
import { reportFeedEntries } from '../../render/report-feed-entries.ts';
import { closedPolicy } from '../headers.ts';
import { publish } from './public-page.ts';

/** The feed of everything or of one category in the format that the path names. */
export async function answerFeed(context: APIContext, categorySlug?: string): Promise<Response> {
  const { locals } = context;
  const form = formOf(context);
  const feed = form ? await readFeed(locals.context, categorySlug) : null;
  if (!form || !feed) return context.rewrite('/404');
  const tag = feed.category ? (`category:${feed.category.id}` as const) : 'incidents';
  publish(locals, [tag], feed.validUntil, feed.updatedAt);
  return feedResponse(feedEntries(feed, form), form.format);
}

/** The feed of incident reports in the format that the path names. */
export async function answerReportFeed(context: APIContext): Promise<Response> {
  const form = formOf(context);
  if (!form) return context.rewrite('/404');
  const feed = await readReportFeed(context.locals.context);
  publish(context.locals, ['reports'], feed.validUntil, feed.updatedAt);
  return feedResponse(reportFeedEntries(feed, form), form.format);
}

function formOf({ locals, params }: APIContext) {
  const { language } = locals;
  const format = feedFormats.find((known) => known === params.format);
  return format ? { language, format, publicUrl: locals.app.config.publicUrl, paths: locals.paths } : null;
}

function feedResponse(model: FeedModel, format: FeedFormat): Response {
  return new Response(renderFeed[format](model), {
    headers: {
      'content-type': `${feedTable[format].type}; charset=utf-8`,
      'content-security-policy': closedPolicy,
      'access-control-allow-origin': '*',
    },
  });
}
