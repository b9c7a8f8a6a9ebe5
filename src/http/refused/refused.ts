/**
 * A refusal from outside the site: a page for people, which keeps what was typed, and JSON for programs. It offers to send
 * again only what a page of ours sent: a form that another site filled would go out with our own mark after one press.
 */
import type { Language } from '../../../db/words.ts';
import type { DomainError, RefusalParams } from '../../domain/core/errors.ts';
import { refusalText } from '../../i18n/refusals.ts';
import { wordsIn } from '../../i18n/words.ts';
import { closedPolicy, commonHeaders } from '../headers.ts';
import { errorBody, retryAfter } from './error-response.ts';
import {
  type Asked,
  type Form,
  formOf,
  isApi,
  isFormType,
  isRead,
  languageFor,
  pagePolicy,
  plainPage,
} from './plain-page.ts';

interface Refused {
  status: number;
  error: DomainError;
  isHttps: boolean;
  /** What a form sent, as far as it was read. */
  body: Buffer | null;
  /** The browser says that a page of ours sent it. */
  isOurs: boolean;
  headers?: Record<string, string>;
}

/** Status, headers and text of the answer. */
export function refused(asked: Asked, { status, error, isHttps, body, isOurs, headers = {} }: Refused) {
  const isPage = wantsPage(asked);
  const language = languageFor(asked);
  const text = isPage
    ? plainPage({
        language,
        title: wordsIn[language].refused.title,
        sentences: sentencesOf(asked, error, language),
        form: formFor(asked, body, isOurs && isWorthAgain.has(status)),
      })
    : JSON.stringify(errorBody(error));
  return {
    status,
    headers: {
      ...commonHeaders(isHttps),
      'content-type': `${isPage ? 'text/html' : 'application/json'}; charset=utf-8`,
      'content-security-policy': isPage ? pagePolicy : closedPolicy,
      ...(isPage ? { 'content-language': language } : {}),
      'cache-control': 'no-store',
      ...retryAfter(error),
      ...headers,
    },
    text,
  };
}

/** Too large, too often, a fault of ours: sent again, shortened or later, it may be taken. */
const isWorthAgain: ReadonlySet<number> = new Set([413, 429, 500]);

/** A person's browser names text/html or sends a form; the API is for programs. */
export const wantsPage = (asked: Asked): boolean =>
  !isApi(asked) &&
  (asked.accept.includes('text/html') || (isFormType(asked) && !/\bjson\b/.test(asked.accept)));

/** What another site sent is never offered as a form: one press would send it with our own mark. */
function formFor(asked: Asked, body: Buffer | null, mayRepeat: boolean): Form | null {
  const form = formOf(asked, body);
  return form && !mayRepeat ? { ...form, action: null } : form;
}

function sentencesOf(asked: Asked, error: DomainError, language: Language): string[] {
  const words = wordsIn[language].refused;
  const said = (text: string, params: RefusalParams = error.params): string =>
    text.replace(/\{(\w+)\}/g, (_whole, name: string) => String(params[name] ?? ''));
  const { nothingSaved } = wordsIn[language].unavailable;
  const first = isRead(asked) ? [] : [nothingSaved];
  switch (error.key) {
    case 'cross_origin':
      return error.params.isMarked
        ? [...first, said(words.otherSite), said(words.otherSiteToDo)]
        : [...first, said(words.otherAddress), said(words.otherAddressToDo)];
    case 'body_too_large':
      return [...first, said(words.bodyTooLarge)];
    case 'media_type':
      return [...first, said(words.mediaType)];
    case 'method':
      return [...first, said(words.method)];
    case 'malformed':
      return [...first, said(words.malformed)];
    case 'internal':
      return [refusalText(language, error.key, error.params)];
    default:
      return [...first, refusalText(language, error.key, error.params)];
  }
}
