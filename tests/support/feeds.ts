/** Reads feeds as a strict reader does: whatever their specification does not allow throws a sentence. */

export interface ReadFeed {
  title: string;
  home: string;
  self: string;
  language: string;
  updated: Date;
  entries: ReadEntry[];
}

interface ReadEntry {
  id: string;
  link: string;
  title: string;
  html: string;
  category: string;
  published: Date;
  /** RSS has none. */
  updated: Date | null;
}

interface Element {
  name: string;
  attributes: Map<string, string>;
  children: Element[];
  text: string;
}

function must(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Error(sentence);
}

/** RSS 2.0 with the advice of the RSS Advisory Board: a self link, a GUID that is no link, dates of RFC 822. */
function readRss(text: string): ReadFeed {
  const rss = parseXml(text);
  must(rss.name === 'rss' && rss.attributes.get('version') === '2.0', 'The root is not RSS 2.0.');
  must(rss.attributes.get('xmlns:atom') === 'http://www.w3.org/2005/Atom', 'The Atom namespace is missing.');
  const channel = only(rss, 'channel');
  const self = only(channel, 'atom:link');
  must(
    self.attributes.get('rel') === 'self' && self.attributes.get('type') === 'application/rss+xml',
    'There is no self link.',
  );
  must(only(channel, 'description').text, 'The description is missing.');
  rssDate(only(channel, 'pubDate').text);
  return checked({
    title: only(channel, 'title').text,
    home: only(channel, 'link').text,
    self: self.attributes.get('href') ?? '',
    language: only(channel, 'language').text,
    updated: rssDate(only(channel, 'lastBuildDate').text),
    entries: all(channel, 'item').map((item) => {
      must(only(item, 'guid').attributes.get('isPermaLink') === 'false', 'The GUID is taken for a link.');
      return {
        id: only(item, 'guid').text,
        link: only(item, 'link').text,
        title: only(item, 'title').text,
        html: only(item, 'description').text,
        category: only(item, 'category').text,
        published: rssDate(only(item, 'pubDate').text),
        updated: null,
      };
    }),
  });
}

/** Atom (RFC 4287). */
function readAtom(text: string): ReadFeed {
  const feed = parseXml(text);
  must(
    feed.name === 'feed' && feed.attributes.get('xmlns') === 'http://www.w3.org/2005/Atom',
    'The root is no Atom feed.',
  );
  must(only(only(feed, 'author'), 'name').text, 'The feed has no author.');
  must(URL.canParse(only(feed, 'id').text), 'The id of the feed is no IRI.');
  return checked({
    title: plainText(only(feed, 'title')),
    home: linkOf(feed, 'alternate'),
    self: linkOf(feed, 'self'),
    language: feed.attributes.get('xml:lang') ?? '',
    updated: isoDate(only(feed, 'updated').text),
    entries: all(feed, 'entry').map((entry) => {
      const category = only(entry, 'category');
      must(category.attributes.get('term'), 'A category has no term (RFC 4287 §4.2.2).');
      const content = only(entry, 'content');
      must(
        content.attributes.get('type') === 'html' && content.children.length === 0,
        'The content is not HTML as text.',
      );
      return {
        id: only(entry, 'id').text,
        link: linkOf(entry, 'alternate'),
        title: plainText(only(entry, 'title')),
        html: content.text,
        category: category.attributes.get('label') ?? '',
        published: isoDate(only(entry, 'published').text),
        updated: isoDate(only(entry, 'updated').text),
      };
    }),
  });
}

/** JSON Feed 1.1. */
function readJsonFeed(text: string): ReadFeed {
  const feed: unknown = JSON.parse(text);
  must(field(feed, 'version') === 'https://jsonfeed.org/version/1.1', 'This is not JSON Feed 1.1.');
  const [authors, items] = [field(feed, 'authors'), field(feed, 'items')];
  must(Array.isArray(authors) && authors.length > 0, 'The feed has no authors.');
  must(Array.isArray(items), 'The items are missing.');
  return checked({
    title: stringOf(feed, 'title'),
    home: stringOf(feed, 'home_page_url'),
    self: stringOf(feed, 'feed_url'),
    language: stringOf(feed, 'language'),
    updated: new Date(
      Math.max(0, ...items.map((item) => isoDate(stringOf(item, 'date_modified')).getTime())),
    ),
    entries: items.map((item: unknown) => {
      const tags = field(item, 'tags');
      must(Array.isArray(tags), 'The tags are no list.');
      return {
        id: stringOf(item, 'id'),
        link: stringOf(item, 'url'),
        title: stringOf(item, 'title'),
        html: stringOf(item, 'content_html'),
        category: String(tags[0]),
        published: isoDate(stringOf(item, 'date_published')),
        updated: isoDate(stringOf(item, 'date_modified')),
      };
    }),
  });
}

export const readers = { rss: readRss, atom: readAtom, json: readJsonFeed };

/** What all three ask for. */
function checked(feed: ReadFeed): ReadFeed {
  must(feed.title && feed.language, 'Title or language is missing.');
  const ids = feed.entries.map((entry) => entry.id);
  must(new Set(ids).size === ids.length, 'Two entries have one id.');
  const links = [feed.home, feed.self, ...feed.entries.map((entry) => entry.link)];
  for (const link of links)
    must(/^https?:\/\//.test(link) && URL.canParse(link), `${link} is no absolute address.`);
  for (const { id, title, html } of feed.entries)
    must(id && title && html, `The entry ${id} has an empty field.`);
  return feed;
}

const all = (parent: Element, name: string): Element[] =>
  parent.children.filter((child) => child.name === name);

function only(parent: Element, name: string): Element {
  const [found, ...more] = all(parent, name);
  must(found && more.length === 0, `<${parent.name}> has ${more.length + (found ? 1 : 0)} <${name}>.`);
  return found;
}

function linkOf(parent: Element, rel: string): string {
  const links = all(parent, 'link').filter((link) => (link.attributes.get('rel') ?? 'alternate') === rel);
  must(links.length === 1, `<${parent.name}> has ${links.length} links "${rel}".`);
  return links[0]?.attributes.get('href') ?? '';
}

/** A title as the reader shows it: with type "html" its text is markup. */
function plainText(title: Element): string {
  must(['text', undefined].includes(title.attributes.get('type')), 'A title is marked up.');
  return title.text;
}

function isoDate(text: string): Date {
  must(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text),
    `"${text}" is no date of RFC 3339.`,
  );
  return new Date(text);
}

function rssDate(text: string): Date {
  must(
    /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (GMT|[+-]\d{4})$/.test(text),
    `"${text}" is no date of RFC 822.`,
  );
  return new Date(text);
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;

function stringOf(value: unknown, name: string): string {
  const found = field(value, name);
  must(typeof found === 'string', `"${name}" is no text.`);
  return found;
}

const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const name = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?';

/** Well-formed XML 1.0 without a document type, or a sentence that says what is wrong. */
export function parseXml(text: string): Element {
  must(!illegal.test(text), 'It holds a character that XML cannot hold.');
  const root: Element = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [root];
  let rest = text.replace(/^<\?xml version="1\.0" encoding="utf-8"\?>\s*/i, '');
  must(rest !== text, 'The XML declaration is missing.');
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const found = pattern.exec(rest);
    if (found) rest = rest.slice(found[0].length);
    return found;
  };
  const [start, end] = [
    new RegExp(`^<(${name})((?:\\s+[^<>]*?)?)\\s*(/?)>`),
    new RegExp(`^</(${name})\\s*>`),
  ];
  while (rest !== '') {
    const here = open.at(-1) ?? root;
    const cdata = take(/^<!\[CDATA\[([\s\S]*?)\]\]>/);
    const begun = cdata ? null : take(start);
    const ended = cdata || begun ? null : take(end);
    const plain = cdata || begun || ended ? null : take(/^[^<]+/);
    if (cdata) here.text += cdata[1] ?? '';
    else if (begun) {
      const child: Element = {
        name: begun[1] ?? '',
        attributes: attributesOf(begun[2] ?? ''),
        children: [],
        text: '',
      };
      here.children.push(child);
      if (begun[3] !== '/') open.push(child);
    } else if (ended) {
      must(open.length > 1 && here.name === ended[1], `</${ended[1]}> ends <${here.name}>.`);
      open.pop();
    } else {
      must(plain, `This is no markup: ${rest.slice(0, 60)}`);
      must(!plain[0].includes(']]>'), 'A text holds "]]>".');
      must(here !== root || plain[0].trim() === '', 'There is text outside the root.');
      here.text += unescaped(plain[0]);
    }
  }
  must(open.length === 1, `<${open.at(-1)?.name}> is not ended.`);
  const [only, ...more] = root.children;
  must(only && more.length === 0, 'There is not one root.');
  return only;
}

function attributesOf(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  const rest = text.replace(
    new RegExp(`\\s+(${name})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'g'),
    (_all, key, double, single) => {
      must(!attributes.has(key), `The attribute ${key} comes twice.`);
      attributes.set(key, unescaped(double ?? single));
      return '';
    },
  );
  must(rest.trim() === '', `These are no attributes: ${text}`);
  return attributes;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescaped = (text: string): string =>
  text.replace(/&(#\d+|#x[\da-f]+|\w+)?(;?)/gi, (whole, entity: string | undefined, semicolon) => {
    must(entity && semicolon, `"${whole}" is no reference.`);
    if (!entity.startsWith('#')) {
      must(Object.hasOwn(entities, entity), `The entity ${entity} is not declared.`);
      return entities[entity] ?? '';
    }
    const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    must(code <= 0x10ffff && !illegal.test(String.fromCodePoint(code)), `${whole} is no character of XML.`);
    return String.fromCodePoint(code);
  });
