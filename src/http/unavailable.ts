/** The answer when the database cannot be used: 503, why, and what was typed. Needs neither Astro nor a database. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Trouble, troubleOf } from '../../db/store.ts';
import { type Language, languages } from '../../db/words.ts';
import { problemText } from '../i18n/problems.ts';
import { unavailableWords } from '../i18n/unavailable.ts';
import { languageOfPath } from '../paths.ts';
import { closedPolicy, commonHeaders } from './headers.ts';

/** Seconds until it is worth asking again. */
const retryAfter = '5';

/** What of a request the answer depends on. */
interface Asked {
  method: string;
  /** Path and query. */
  url: string;
  accept: string;
  acceptLanguage: string;
  contentType: string;
}

interface Unavailable {
  trouble: Trouble;
  isHttps: boolean;
  /** What a form sent, so that nothing typed is lost. */
  body?: Buffer | null;
}

/** Answers a request with 503 and why. */
export function answerUnavailable(
  { method = 'GET', url = '/', headers }: IncomingMessage,
  response: ServerResponse,
  why: Unavailable,
): void {
  const asked: Asked = {
    method,
    url,
    accept: headers.accept ?? '',
    acceptLanguage: headers['accept-language'] ?? '',
    contentType: headers['content-type'] ?? '',
  };
  const answer = unavailable(asked, why);
  response.writeHead(503, { ...answer.headers, 'content-length': Buffer.byteLength(answer.text) });
  response.end(method === 'HEAD' ? undefined : answer.text);
}

/** The same from inside the site, where a database failed in the middle of a request. */
export function unavailableResponse(
  request: Request,
  error: unknown,
  { app, body = null }: Pick<App.Locals, 'app' | 'body'>,
): Response {
  const { pathname, search } = new URL(request.url);
  const asked: Asked = {
    method: request.method,
    url: pathname + search,
    accept: request.headers.get('accept') ?? '',
    acceptLanguage: request.headers.get('accept-language') ?? '',
    contentType: request.headers.get('content-type') ?? '',
  };
  const isHttps = app.config.publicUrl.startsWith('https:');
  const { headers, text } = unavailable(asked, { trouble: troubleOf(error), isHttps, body });
  return new Response(text, { status: 503, headers });
}

function unavailable(asked: Asked, { trouble, isHttps, body = null }: Unavailable) {
  const isHtml = wantsHtml(asked);
  const language = languageFor(asked);
  const text = isHtml
    ? page(language, trouble, formOf(asked, body))
    : JSON.stringify({
        error: { code: 'unavailable', message: sentence(asked, language, trouble), fields: [] },
      });
  const headers: Record<string, string> = {
    ...commonHeaders(isHttps),
    'content-type': `${isHtml ? 'text/html' : 'application/json'}; charset=utf-8`,
    'content-security-policy': isHtml ? pagePolicy : closedPolicy,
    'content-language': isHtml ? language : 'en',
    'cache-control': 'no-store',
    vary: 'accept, accept-language',
    'retry-after': retryAfter,
  };
  return { headers, text };
}

const isRead = ({ method }: Asked): boolean => method === 'GET' || method === 'HEAD';

/** The API speaks English; a write is told first that nothing was saved. */
const sentence = (asked: Asked, language: Language, trouble: Trouble): string =>
  isRead(asked)
    ? `${unavailableWords.en.title}. ${unavailableWords.en.why[trouble]}`
    : problemText(language === 'de' && !isApi(asked) ? 'de' : 'en', 'storage');

const isApi = ({ url }: Asked): boolean => /^\/api(\/|$)/.test(url);

/** Browsers name text/html; what names JSON only, or asks the API, gets JSON. */
function wantsHtml(asked: Asked): boolean {
  const { url, accept } = asked;
  if (isApi(asked) || /\.json(\?|$)/.test(url)) return false;
  return accept.includes('text/html') || !/\bjson\b/.test(accept);
}

/** A path under /de is German; else what the browser asks for first. */
function languageFor({ url, acceptLanguage }: Asked): Language {
  const [path = '/'] = url.split('?', 1);
  if (languageOfPath(path) === 'de') return 'de';
  const wanted = acceptLanguage
    .toLowerCase()
    .split(',')
    .map((part) => part.trim().slice(0, 2));
  const found = wanted.find((code) => languages.some((language) => language === code));
  return found === 'de' ? 'de' : 'en';
}

interface Form {
  action: string;
  fields: [string, string][];
}

/** Passwords are typed again rather than written into a page. */
const isSecret = (name: string): boolean => /password|current/i.test(name);

function formOf({ url, contentType }: Asked, body: Buffer | null): Form | null {
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
const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

function page(language: Language, trouble: Trouble, form: Form | null): string {
  const words = unavailableWords[language];
  const lead = form ? `<p>${words.nothingSaved}</p>` : '';
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${words.title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${words.title}</h1>
${lead}<p>${words.why[trouble]}</p>
<p class="soft">${words.goesOn}</p>
${form ? formHtml(words, form) : ''}</main>
</body>
</html>
`;
}

/** Texts to be read and copied, the rest along with them. */
function formHtml(words: (typeof unavailableWords)[Language], { action, fields }: Form): string {
  const isText = ([name, value]: [string, string]): boolean =>
    value.length > 40 || /[\s]/.test(value) || /(title|body|text|note|reason)/i.test(name);
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
