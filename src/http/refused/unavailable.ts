/** The answer when the database cannot be used: 503, why, and what was typed. Needs neither Astro nor a database. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Trouble, troubleOf } from '../../../db/store.ts';
import type { Language } from '../../../db/words.ts';
import { refusalText } from '../../i18n/refusals.ts';
import { wordsIn } from '../../i18n/words.ts';
import { closedPolicy, commonHeaders } from '../headers.ts';
import {
  type Asked,
  askedBy,
  askedInside,
  formOf,
  isApi,
  isRead,
  languageFor,
  pagePolicy,
  plainPage,
  wantsHtml,
} from './plain-page.ts';

/** Seconds until it is worth asking again. */
const retryAfter = '5';

interface Unavailable {
  trouble: Trouble;
  isHttps: boolean;
  /** What a form sent, so that nothing typed is lost. */
  body?: Buffer | null;
  /** The languages of the page, where they are known. */
  offered?: readonly Language[];
}

/** Answers a request with 503 and why. */
export function answerUnavailable(
  request: IncomingMessage,
  response: ServerResponse,
  why: Unavailable,
): void {
  const answer = unavailable(askedBy(request, why.offered), why);
  response.writeHead(503, { ...answer.headers, 'content-length': Buffer.byteLength(answer.text) });
  response.end(request.method === 'HEAD' ? undefined : answer.text);
}

/** The same from inside the site, where a database failed in the middle of a request. */
export function unavailableResponse(
  request: Request,
  error: unknown,
  { app, body = null }: Pick<App.Locals, 'app' | 'body'>,
): Response {
  const isHttps = app.config.publicUrl.startsWith('https:');
  const asked = askedInside(request, app.offered.languages);
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

/** The API speaks English; a write is told first that nothing was saved. */
const sentence = (asked: Asked, language: Language, trouble: Trouble): string =>
  isRead(asked)
    ? `${wordsIn.en.unavailable.title}. ${wordsIn.en.unavailable.why[trouble]}`
    : refusalText(isApi(asked) ? 'en' : language, 'storage');

function page(language: Language, trouble: Trouble, form: ReturnType<typeof formOf>): string {
  const { title, why, goesOn, nothingSaved } = wordsIn[language].unavailable;
  return plainPage({
    language,
    title,
    sentences: [...(form ? [nothingSaved] : []), why[trouble], goesOn],
    form,
  });
}
