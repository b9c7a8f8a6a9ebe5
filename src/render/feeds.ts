import { type FeedFormat, feedTable } from '../feed-formats.ts';
import type { FeedModel } from './feed-entries.ts';
import { renderRss } from './rss.ts';

/**
 * Atom (RFC 4287). Titles are plain text, content is HTML, both escaped: no CDATA that a text could end. Written here, like
 * JSON Feed, in sixty lines: the package tried first let a title with two `]]>` break the XML, sent titles as unescaped HTML,
 * left out the `term` of a category, and wrote JSON Feed 1.0.
 */
function renderAtom(model: FeedModel): string {
  const entries = model.entries.map((entry) =>
    element('entry', {}, [
      element('id', {}, entry.id),
      element('title', {}, entry.title),
      element('link', { rel: 'alternate', type: 'text/html', href: entry.link }),
      element('published', {}, entry.publishedAt.toISOString()),
      element('updated', {}, entry.updatedAt.toISOString()),
      element('category', { term: entry.categorySlug, label: entry.category }),
      element('content', { type: 'html' }, entry.html),
    ]),
  );
  const feed = element('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': model.language }, [
    element('id', {}, model.id),
    element('title', {}, model.title),
    element('subtitle', {}, model.description),
    element('link', { rel: 'alternate', type: 'text/html', href: model.homeUrl }),
    element('link', { rel: 'self', type: feedTable.atom.type, href: model.feedUrl }),
    element('updated', {}, model.updatedAt.toISOString()),
    element('author', {}, [element('name', {}, model.organisation)]),
    element('generator', {}, 'Klartext'),
    ...entries,
  ]);
  return `<?xml version="1.0" encoding="utf-8"?>\n${feed}\n`;
}

/** JSON Feed 1.1. */
const renderJsonFeed = (model: FeedModel): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: model.title,
    home_page_url: model.homeUrl,
    feed_url: model.feedUrl,
    description: model.description,
    language: model.language,
    authors: [{ name: model.organisation }],
    items: model.entries.map((entry) => ({
      id: entry.id,
      url: entry.link,
      title: entry.title,
      content_html: entry.html,
      date_published: entry.publishedAt.toISOString(),
      date_modified: entry.updatedAt.toISOString(),
      tags: [entry.category],
    })),
  });

/** An element with text, which is escaped, or with elements, one a line. */
function element(
  name: string,
  attributes: Record<string, string>,
  content: string | readonly string[] = '',
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const inner = typeof content === 'string' ? escapeXml(content) : `\n${content.join('\n')}\n`;
  return inner === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${inner}</${name}>`;
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** How each format is written. */
export const renderFeed = {
  rss: renderRss,
  atom: renderAtom,
  json: renderJsonFeed,
} satisfies Record<FeedFormat, (model: FeedModel) => string>;
