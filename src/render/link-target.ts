import type { TextFormat } from '../../db/words.ts';

const own = 'https://own.invalid';

/**
 * Where a link of a text leads wherever the text is shown. A relative one of ours starts at the root of the page, so that
 * it means the same on every page and in a feed; one of an imported text leads to the page that it comes from (`base`),
 * and nowhere when that is not known. Schemes are for the sanitizer to judge.
 */
export function linkTarget(
  href: string | undefined,
  format: TextFormat,
  base: string | undefined,
): string | undefined {
  const typed = href?.trim() ?? '';
  if (typed === '') return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers skip them inside a scheme.
  const read = typed.replace(/[\u0000-\u0020]+/g, '');
  if (/^[a-z][a-z0-9+.-]*:/i.test(read)) return typed;
  if (/^[\\/]{2}/.test(read)) return undefined;
  if (/^www\.[\w-]+\.\w/i.test(read)) return `https://${read}`;
  if (/^[^\s@/?#]+@[\w-]+(?:\.[\w-]+)+$/.test(read)) return `mailto:${read}`;
  if (format === 'markdown') {
    if (read.startsWith('#')) return read;
    const found = resolved(typed, own);
    return found?.origin === own ? found.pathname + found.search + found.hash : undefined;
  }
  const page = base === undefined ? null : resolved('/', base);
  const found = page && resolved(typed, page.href);
  return found && /^https?:$/.test(found.protocol) && found.origin === page.origin ? found.href : undefined;
}

const resolved = (href: string, base: string): URL | null =>
  URL.canParse(href, base) ? new URL(href, base) : null;
