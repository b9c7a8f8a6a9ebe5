/**
 * How long lists go on by page: one length for all that people read. The first page has the address of the list, `/2` and so on
 * lie below it, and nothing beyond the end.
 */
export const pageLength = 100;

/** Where one is in a list; pages count from 1, and an empty list has one. */
export interface Pages {
  page: number;
  pages: number;
}

/** The pages of a list of `count` entries, asked for `page`, which may be beyond the end. */
export const pagesOf = (count: number, page: number): Pages => ({
  page,
  pages: Math.max(1, Math.ceil(count / pageLength)),
});

/** Where one is when a page brought `found` entries; `count` is asked only when they may not be all. */
export async function pagesAround(found: number, page: number, count: () => Promise<number>): Promise<Pages> {
  return pagesOf(page === 1 && found < pageLength ? found : await count(), page);
}

export const isBeyond = ({ page, pages }: Pages): boolean => page > pages;

/** How many entries stand before those of a page. */
export const offsetOf = (page: number): number => (page - 1) * pageLength;

/** The entries of a page. */
export const entriesOf = <T>(all: readonly T[], page: number): T[] =>
  all.slice(offsetOf(page), offsetOf(page) + pageLength);
