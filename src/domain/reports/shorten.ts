/** The first `most` UTF-16 units of a text, one less where that would cut a character in two. */
export const shorten = (text: string, most: number): string =>
  text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
