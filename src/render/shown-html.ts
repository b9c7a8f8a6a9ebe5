/**
 * Pure: stored safe HTML for a place on a page. Its headings stand one level below the heading above it (stored they begin
 * at 3), and a table that is wider than a phone moves in a box of its own, by keyboard too, instead of the page.
 */
export const shownHtml = (html: string, level: number): string =>
  html
    .replace(/<(\/?)h([3-6])>/g, (_whole, slash: string, stored: string) => {
      return `<${slash}h${Math.min(Number(stored) + level - 3, 6)}>`;
    })
    .replaceAll('<table>', '<div class="wide-table" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>');
