import type { z } from 'zod';
import type { Context } from '../../domain/core/context.ts';
import type { Publication } from '../published.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** The context of the verb, and what absolute links begin with. */
export interface ApiContext extends Context {
  publicUrl: string;
}

/** Of the path; only `id` exists, and is empty where the path has none. */
export interface Params {
  id: string;
}

export interface Answer {
  body: Record<string, unknown>;
  /** Path of what was made. */
  location?: string;
  /** Secrets that only the first answer under an Idempotency-Key tells; they are stored nowhere. */
  once?: Record<string, string | null>;
}

/** What the world gets without a token, served as published bytes. */
export interface PublicRead {
  answer: z.ZodType;
  /** Whether the list goes on after an id of it (`before`). */
  goesOn?: boolean;
  run: (
    context: ApiContext,
    params: Params,
    before: string | null,
  ) => Promise<{ body: Record<string, unknown> } & Publication>;
}

/** One line of the API: what it is called, what it takes and gives, and the verb or read behind it. */
export interface Operation {
  id: string;
  method: Method;
  /** Below /api/v1; `{id}` stands for one id. */
  path: string;
  summary: string;
  /** The query parameters of a GET, the body of any other method; null where there are none. */
  input: z.ZodObject | null;
  /** Null for 204. */
  answer: z.ZodType | null;
  status: 200 | 201 | 204;
  publicRead: PublicRead | null;
  run: (context: ApiContext, params: Params, input: Record<string, unknown>) => Promise<Answer>;
}

type Given = Pick<Operation, 'id' | 'summary' | 'run'> & Partial<Operation>;

/** `GET /path`, `POST /path` … with the usual status; the rest as given. */
export function operation(method: Method, path: string, given: Given): Operation {
  return {
    method,
    path,
    input: null,
    answer: null,
    publicRead: null,
    status: given.answer ? 200 : 204,
    ...given,
  };
}
