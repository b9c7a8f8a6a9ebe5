import type { ErrorCode } from '../../domain/core/errors.ts';
import { DomainError, isDomainError } from '../../domain/core/errors.ts';
import { refusalText } from '../../i18n/refusals.ts';

const statusByCode: Record<ErrorCode, number> = {
  not_found: 404,
  forbidden: 403,
  unauthenticated: 401,
  invalid: 422,
  conflict: 409,
  precondition_failed: 412,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
};

/** The refusal behind any thrown value; what is not ours becomes `internal` and tells nothing. */
export function refusalOf(error: unknown): DomainError {
  if (isDomainError(error)) return error;
  if (isStorageFailure(error)) return new DomainError('unavailable', 'storage');
  return new DomainError('internal', 'internal');
}

/** Whether the database is behind it; the reads of PostgreSQL wrap what their driver threw. */
export function isStorageFailure(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && cause.code === 'unavailable') return true;
  return false;
}

export const statusOf = (error: DomainError): number =>
  error.key === 'conflict_idempotency' ? 422 : statusByCode[error.code];

/** When a refused reader may come again (RFC 9110 §10.2.3), in seconds; nothing where waiting does not help. */
export const retryAfter = ({ code, params }: DomainError): { 'retry-after'?: string } =>
  code === 'rate_limited' && params.seconds !== undefined ? { 'retry-after': String(params.seconds) } : {};

/** The one error shape of the API. */
export function errorBody(error: DomainError): { error: Record<string, unknown> } {
  return {
    error: {
      code: error.code,
      message: error.message,
      fields: error.fields.map(({ path, key, params }) => ({
        path,
        message: refusalText('en', key, params),
      })),
      ...(error.details ? { details: error.details } : {}),
    },
  };
}
