/** Pure: an incident text to safe HTML. Runs in the worker of `safe-html.ts`, so that a hostile text cannot hold the server. */
import { marked } from 'marked';
import sanitize from 'sanitize-html';
import type { TextFormat } from '../../db/words.ts';

const allowed: sanitize.IOptions = {
  allowedTags: [
    'p',
    'br',
    'strong',
    'em',
    'b',
    'i',
    'code',
    'pre',
    'ul',
    'ol',
    'li',
    'blockquote',
    'a',
    'hr',
    'del',
    'h3',
    'h4',
    'small',
  ],
  allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
  allowedSchemes: ['https', 'http', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'svg',
    'math',
    'iframe',
    'template',
    'title',
    'xmp',
  ],
  nestingLimit: 30,
  transformTags: {
    h1: 'h3',
    h2: 'h3',
    h5: 'h4',
    h6: 'h4',
    a: (_name, { href }) => ({
      tagName: 'a',
      attribs: href ? { href, rel: 'noopener nofollow' } : ({} as sanitize.Attributes),
    }),
  },
};

/** Markdown (CommonMark with GFM, raw HTML shown as text) or imported inline HTML, sanitised last. */
export function renderSafeHtml(source: string, format: TextFormat): string {
  if (format === 'html') return sanitize(source.replace(/\r\n?|\n/g, '<br />'), allowed);
  return sanitize(
    marked.parse(source, { gfm: true, breaks: true, async: false, walkTokens: showHtmlAsText }),
    allowed,
  ).trim();
}

/** Raw HTML in our own Markdown is a typing mistake or an attack: it is shown, not obeyed. */
function showHtmlAsText(token: { type: string; raw: string; text?: string; block?: boolean }): void {
  if (token.type === 'html') token.text = escapeText(token.raw);
}

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
