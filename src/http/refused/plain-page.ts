/** Pages that need neither Astro nor a database: why something cannot be done, and what was typed. */

import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Language, languages } from '../../../db/words.ts';
import { type Words, wordsIn } from '../../i18n/words.ts';
import { languageNamedBy } from '../../paths.ts';
import { preferredLanguage } from './preferred-language.ts';

/** What of a request the answer depends on. */
export interface Asked {
  method: string;
  /** Path and query. */
  url: string;
  accept: string;
  acceptLanguage: string;
  contentType: string;
  /** The languages of the page; all while nobody knows. */
  offered: readonly Language[];
}

export const askedBy = (
  { method = 'GET', url = '/', headers }: IncomingMessage,
  offered: readonly Language[] = languages,
): Asked => ({
  method,
  url,
  accept: headers.accept ?? '',
  acceptLanguage: headers['accept-language'] ?? '',
  contentType: headers['content-type'] ?? '',
  offered,
});

/** The same of a request inside the site. */
export function askedInside({ url, method, headers }: Request, offered: readonly Language[]): Asked {
  const { pathname, search } = new URL(url);
  return {
    method,
    url: pathname + search,
    accept: headers.get('accept') ?? '',
    acceptLanguage: headers.get('accept-language') ?? '',
    contentType: headers.get('content-type') ?? '',
    offered,
  };
}

export const isRead = ({ method }: Asked): boolean => method === 'GET' || method === 'HEAD';

export const isApi = ({ url }: Asked): boolean => /^\/api(\/|$)/.test(url);

/** Browsers name text/html; what names JSON only, or asks the API, gets JSON. */
export function wantsHtml(asked: Asked): boolean {
  const { url, accept } = asked;
  if (isApi(asked) || /\.json(\?|$)/.test(url)) return false;
  return accept.includes('text/html') || !/\bjson\b/.test(accept);
}

/** That of the path where its code stands before it; else what the browser asks for first: of the page's languages, and at the desk of all. */
export function languageFor({ url, acceptLanguage, offered }: Asked): Language {
  const [path = '/'] = url.split('?', 1);
  const named = languageNamedBy(path);
  if (named && offered.includes(named)) return named;
  return preferredLanguage(acceptLanguage, /^\/admin(\/|$)/.test(path) ? languages : offered);
}

export interface Form {
  /** Where it is sent again; null when it may only be read and copied. */
  action: string | null;
  fields: [string, string][];
}

/** Passwords are typed again rather than written into a page. */
const isSecret = (name: string): boolean => /password|current/i.test(name);

export const isFormType = ({ contentType }: Asked): boolean =>
  /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(;|$)/i.test(contentType);

/** The fields of a form, without its secrets; null for what is none. */
export function formOf({ url, contentType }: Asked, body: Buffer | null): Form | null {
  if (!body || !contentType.startsWith('application/x-www-form-urlencoded')) return null;
  const fields = [...new URLSearchParams(body.toString('utf8'))].filter(([name]) => !isSecret(name));
  return { action: url, fields };
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const style = `
:root{color-scheme:light dark;--paper:#fbfaf7;--ink:#16191d;--soft:#565c64;--line:#dedad2;--accent:#1d4a8f}
@media screen and (prefers-color-scheme:dark){:root{--paper:#121417;--ink:#ecebe7;--soft:#a3a8af;--line:#2c3036;--accent:#9cc0f5}}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:40rem;margin:0 auto;padding:3rem 1.25rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}h2{font-size:1rem;margin:2rem 0 .5rem}p{margin:.5rem 0}.soft{color:var(--soft)}
textarea{box-sizing:border-box;width:100%;margin:.25rem 0 .75rem;padding:.5rem;font:inherit;color:inherit;background:none;border:1px solid var(--line)}
button{min-height:2.75rem;padding:0 1rem;font:inherit;color:var(--paper);background:var(--accent);border:0;border-radius:.25rem}`;
const styleHash = createHash('sha256').update(style).digest('base64');
export const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

interface PlainPage {
  language: Language;
  title: string;
  /** The last one is softer. */
  sentences: readonly string[];
  form: Form | null;
}

/** The document; all texts are escaped here. */
export function plainPage({ language, title, sentences, form }: PlainPage): string {
  const words = wordsIn[language].unavailable;
  const last = sentences.length - 1;
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${sentences.map((sentence, at) => `<p${at === last && last > 0 ? ' class="soft"' : ''}>${escaped(sentence)}</p>`).join('\n')}
${form ? formHtml(words, form) : ''}</main>
</body>
</html>
`;
}

/** Nobody typed these. */
const ofTheForm = /^(idempotencyKey|version|token|_action)\b|:was$/;

/** Texts to be read and copied, the rest along with them. */
function formHtml(words: Words['unavailable'], { action, fields }: Form): string {
  const isText = ([name, value]: [string, string]): boolean =>
    value.length > 40 || /[\s]/.test(value) || /(title|body|text|note|reason)/i.test(name);
  if (action === null) {
    const typed = fields.filter(([name, value]) => value.trim() !== '' && !ofTheForm.test(name));
    const shown = ([name, value]: [string, string]): string =>
      `<textarea readonly aria-label="${escaped(name.split(':')[0] ?? name)}" rows="${value.length > 100 ? 6 : 2}">\n${escaped(value)}</textarea>`;
    return typed.length === 0 ? '' : `<h2>${words.typed}</h2>\n${typed.map(shown).join('\n')}\n`;
  }
  const field = ([name, value]: [string, string]): string =>
    isText([name, value])
      ? `<textarea name="${escaped(name)}" aria-label="${escaped(name)}" rows="${value.length > 100 ? 6 : 2}">\n${escaped(value)}</textarea>`
      : `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`;
  return `<h2>${words.typed}</h2>
<form method="post" action="${escaped(action)}">
${fields.map(field).join('\n')}
<p><button>${words.again}</button></p>
</form>
`;
}
