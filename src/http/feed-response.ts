import type { APIContext } from 'astro';
import { readFeed } from '../domain/public/read-feed.ts';
import { feedFormats } from '../paths.ts';
import { renderAtom, renderJsonFeed } from '../render/atom-and-json-feed.ts';
import { feedEntries } from '../render/feed-entries.ts';
import { renderRss } from '../render/rss.ts';
import { closedPolicy } from './headers.ts';
import { languageOf, publish } from './public-page.ts';

const renderers = {
  rss: { render: renderRss, type: 'application/rss+xml' },
  atom: { render: renderAtom, type: 'application/atom+xml' },
  json: { render: renderJsonFeed, type: 'application/feed+json' },
} as const;

/** The feed of everything or of one category in the format that the path names. */
export async function answerFeed(context: APIContext, categorySlug?: string): Promise<Response> {
  const { locals, params } = context;
  const language = languageOf(params.lang);
  const format = feedFormats.find((known) => known === params.format);
  const feed = language && format ? await readFeed(locals.context, categorySlug) : null;
  if (!language || !format || !feed) return context.rewrite('/404');
  const tags = feed.category ? [`category:${feed.category.id}`] : ['incidents'];
  publish(locals, tags, feed.validUntil, feed.updatedAt);
  const model = feedEntries(feed, { language, format, publicUrl: locals.app.config.publicUrl });
  const { render, type } = renderers[format];
  return new Response(render(model), {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': closedPolicy,
      'access-control-allow-origin': '*',
    },
  });
}
