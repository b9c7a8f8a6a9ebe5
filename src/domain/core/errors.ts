import type { Localised } from '../../../db/localised.ts';
import { type RefusalKey, refusalText } from '../../i18n/refusals.ts';

/** Eight ways to fail; the edge turns each into a status and a sentence. `unavailable` comes from the storage. */
export const errorCodes = [
  'not_found',
  'forbidden',
  'unauthenticated',
  'invalid',
  'conflict',
  'precondition_failed',
  'rate_limited',
  'unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** What a sentence names; what is said differently in each language by language. */
export type RefusalParams = Record<string, string | number | Localised>;

/** The refusal of one field of the input: what is wrong with it; `path` is dotted, as in the API. */
export interface FieldRefusal {
  path: string;
  key: RefusalKey;
  params?: RefusalParams;
}

interface RefusalParts {
  params?: RefusalParams;
  fields?: FieldRefusal[];
  /** What the reader needs to decide, for example both texts of a conflict. */
  details?: Record<string, unknown>;
}

/** A refusal that tells the reader what to do. Told apart by `code`, because classes differ between module graphs. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly key: RefusalKey;
  readonly params: RefusalParams;
  readonly fields: FieldRefusal[];
  readonly details: Record<string, unknown> | undefined;

  /** What is answered with 422 names its fields, so the compiler asks for them. */
  constructor(
    code: Exclude<ErrorCode, 'invalid'>,
    key: Exclude<RefusalKey, 'conflict_idempotency'>,
    more?: RefusalParts,
  );
  constructor(code: ErrorCode, key: RefusalKey, more: RefusalParts & { fields: FieldRefusal[] });
  constructor(code: ErrorCode, key: RefusalKey, more: RefusalParts = {}) {
    super(refusalText('en', key, more.params));
    this.code = code;
    this.key = key;
    this.params = more.params ?? {};
    this.fields = more.fields ?? [];
    this.details = more.details;
  }
}

/** Refuses input because of one field. */
export function invalid(path: string, key: RefusalKey, params?: RefusalParams): DomainError {
  return new DomainError('invalid', 'input', { fields: [params ? { path, key, params } : { path, key }] });
}

/** Refuses a text that changes nothing; the sentence on the whole says it, too. */
export const sameText = (): DomainError =>
  new DomainError('invalid', 'same_text', { fields: [{ path: 'texts', key: 'same_text' }] });

/** What is wrong before anybody knows of which field: whoever throws it gives it a status of its own, 400 to 415, or the field. */
export const unreadable = (key: RefusalKey, params?: RefusalParams): DomainError =>
  new DomainError('invalid', key, { fields: [], ...(params ? { params } : {}) });

export const notFound = (): DomainError => new DomainError('not_found', 'not_found');

/** True for refusals of ours, from whichever module graph they come. */
export function isDomainError(error: unknown): error is DomainError {
  return (
    error instanceof Error &&
    'code' in error &&
    'key' in error &&
    errorCodes.includes(error.code as ErrorCode)
  );
}
