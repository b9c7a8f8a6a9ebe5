import { Feed } from 'feed';
import type { FeedModel } from './feed-entries.ts';

/** Atom (RFC 4287). */
export const renderAtom = (model: FeedModel): string => build(model).atom1();

/** JSON Feed 1.1. */
export const renderJsonFeed = (model: FeedModel): string => build(model).json1();

function build(model: FeedModel): Feed {
  const feed = new Feed({
    id: model.id,
    title: model.title,
    description: model.description,
    link: model.homeUrl,
    language: model.language,
    copyright: model.organisation,
    generator: 'Klartext',
    updated: model.updatedAt,
    author: { name: model.organisation },
    feedLinks: { atom: model.feedUrl, json: model.feedUrl },
  });
  for (const entry of model.entries) {
    feed.addItem({
      id: entry.id,
      guid: entry.id,
      link: entry.link,
      title: entry.title,
      content: entry.html,
      published: entry.publishedAt,
      date: entry.updatedAt,
      category: [{ name: entry.category }],
    });
  }
  return feed;
}
