/** Pure: an incident text to safe HTML. Runs in the worker of `safe-html.ts`, so that a hostile text cannot hold the server. */
import { Marked, type Tokens } from 'marked';
import sanitize from 'sanitize-html';
import type { TextFormat } from '../../db/words.ts';
import { htmlNames } from './html-names.ts';
import { linkTarget } from './link-target.ts';
import { validHtml } from './valid-html.ts';

const inParagraphs =
  'section article header footer main aside nav figure figcaption address center details summary';
const asCode = 'kbd samp tt';

/** What comes from a text before it is written anew; pictures and boxes only so that `validHtml` can tell their words. */
const allowed = (format: TextFormat, base: string | undefined): sanitize.IOptions => ({
  allowedTags: [
    ...'p br strong em b i code pre ul ol li blockquote a hr del small sub sup q h1 h2 h3 h4 h5 h6 div'.split(
      ' ',
    ),
    ...'table caption thead tbody tfoot tr th td dl dt dd img input'.split(' '),
  ],
  allowedAttributes: {
    a: ['href'],
    ol: ['start'],
    img: ['src', 'alt'],
    input: ['checked'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
  },
  allowedSchemes: ['https', 'http', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['https', 'http'] },
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'iframe', 'template', 'title', 'xmp'],
  nestingLimit: 30,
  transformTags: {
    ...Object.fromEntries(inParagraphs.split(' ').map((name) => [name, 'div'])),
    ...Object.fromEntries(asCode.split(' ').map((name) => [name, 'code'])),
    s: 'del',
    strike: 'del',
    a: (tagName, { href }) => ({ tagName, attribs: attributesOf('href', linkTarget(href, format, base)) }),
    img: (tagName, { src, alt }) => ({
      tagName,
      attribs: { ...attributesOf('alt', alt), ...attributesOf('src', linkTarget(src, format, base)) },
    }),
    // Only boxes that are ticked or not; a field that somebody could type into says nothing.
    input: (tagName, { type, checked }) =>
      type?.toLowerCase() === 'checkbox'
        ? { tagName, attribs: attributesOf('checked', checked) }
        : { tagName: 'nothing', attribs: {} },
  },
});

const attributesOf = (name: string, value: string | undefined): sanitize.Attributes =>
  value === undefined ? {} : { [name]: value };

/**
 * Markdown (CommonMark with GFM, raw HTML shown as text) or an imported text with inline HTML, sanitised, then written
 * anew from a closed list. `base` is the page that an imported text comes from: where its relative links lead.
 */
export function renderSafeHtml(source: string, format: TextFormat, base?: string): string {
  return validHtml(sanitize(htmlOf(source, format), allowed(format, base)));
}

function htmlOf(source: string, format: TextFormat): string {
  if (format === 'markdown') return toHtml(source, showHtmlAsText);
  const html = showUnknownTags(source);
  return isMarkdown(html) ? toHtml(html) : html;
}

function toHtml(source: string, walkTokens?: (token: Tokens.Generic) => void): string {
  const marked = new Marked({
    gfm: true,
    breaks: true,
    renderer: {
      checkbox: ({ checked }) => `<input type="checkbox"${checked ? ' checked=""' : ''}>`,
      // A definition that nothing refers to is a line that somebody typed.
      def: ({ raw, tag }) =>
        source.toLowerCase().split(`[${tag}]`).length > 2 ? '' : `<p>${escapeText(raw.trim())}</p>`,
    },
    ...(walkTokens ? { walkTokens } : {}),
  });
  return marked.parse(source, { async: false });
}

/** Raw HTML in our own Markdown is a typing mistake or an attack: it is shown, not obeyed. */
function showHtmlAsText(token: Tokens.Generic): void {
  if (token.type === 'html') token.text = escapeText(token.raw);
}

/** "<name>.portal.example" and "List<Strings>" are no tags: a reader must see them. */
const showUnknownTags = (source: string): string =>
  source.replace(/<(?=\/?([a-z][^\s/>]*))/gi, (whole, name: string) =>
    htmlNames.has(name.toLowerCase()) ? whole : '&lt;',
  );

/**
 * Whether an imported text was meant as Markdown, which other products render in some fields and keep as it is in others:
 * a heading, bold words, a link, a fence, a table. Lists and single stars read well as they are.
 */
const isMarkdown = (text: string): boolean =>
  /^#{1,6}[ \t]+\S|^```|^\|?[ \t]*:?-{3,}:?[ \t]*\|/m.test(text) ||
  /\*\*[^\s*][^*\n]*\*\*|\[[^\]\n]+\]\(https?:\/\/[^)\s]+\)/.test(text);

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
