import RSS from 'rss';
import type { FeedModel } from './feed-entries.ts';

/** RSS 2.0. The package stamps the present time; it is set to the last change, so that rendering twice gives the same bytes. */
export function renderRss(model: FeedModel): string {
  const feed = new RSS({
    title: model.title,
    description: model.description,
    site_url: model.homeUrl,
    feed_url: model.feedUrl,
    language: model.language,
    generator: 'Klartext',
    pubDate: model.updatedAt,
  });
  for (const entry of model.entries) {
    feed.item({
      title: entry.title,
      description: entry.html,
      url: entry.link,
      guid: entry.id,
      categories: [entry.category],
      date: entry.publishedAt,
    });
  }
  return feed
    .xml({ indent: true })
    .replace(
      /<lastBuildDate>[^<]*<\/lastBuildDate>/,
      `<lastBuildDate>${model.updatedAt.toUTCString()}</lastBuildDate>`,
    );
}
