/**
 * Safe HTML for readers elsewhere, as in a feed: what leads to a place of our own page gets its whole address. `permalink`
 * is where the text stands for good.
 */
export const absoluteLinks = (html: string, permalink: string): string =>
  html.replace(/<a href="([/#][^"]*)"/g, (whole, href: string) =>
    // Values stay escaped, and nothing in an escaped address changes its meaning here.
    URL.canParse(href, permalink) ? `<a href="${absolute(href, permalink)}"` : whole,
  );

const absolute = (href: string, permalink: string): string =>
  href.startsWith('#') ? permalink.replace(/#.*$/, '') + href : new URL(permalink).origin + href;
