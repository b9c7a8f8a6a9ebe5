/**
 * Every format of a feed: its key is the ending of its path, `name` what a reader chooses by, `type` its media type. How it is
 * written stands in `render/feeds.ts`, and everything that links, lists or answers feeds reads this table.
 */
export const feedTable = {
  rss: { name: 'RSS', type: 'application/rss+xml' },
  atom: { name: 'Atom', type: 'application/atom+xml' },
  json: { name: 'JSON', type: 'application/feed+json' },
} as const satisfies Record<string, { name: string; type: string }>;

export type FeedFormat = keyof typeof feedTable;
export const feedFormats = Object.keys(feedTable) as readonly FeedFormat[];
