import { z } from 'zod';
import type { Act, ActOn } from '../../domain/act.ts';
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

export interface Answer<Body = unknown> {
  body: Body;
  /** Path of what was made. */
  location?: string;
  /** Secrets that only the first answer under an Idempotency-Key tells; they are stored nowhere. */
  once?: Record<string, string | null>;
}

/** What the world gets without a token, served as published bytes. */
export interface PublicRead<Shape extends z.ZodType = z.ZodType> {
  answer: Shape;
  /** Whether the list goes on after an id of it (`before`). */
  goesOn?: boolean;
  run: (
    context: ApiContext,
    params: Params,
    before: string | null,
  ) => Promise<{ body: z.output<Shape> } & Publication>;
}

type Run<Result> = (context: ApiContext, params: Params, input: Record<string, unknown>) => Promise<Result>;

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
  /** Its body is what travels. */
  run: Run<Answer>;
}

interface Given<Shape extends z.ZodType, PublicShape extends z.ZodType> {
  id: string;
  summary: string;
  input?: z.ZodObject | null;
  status?: 201;
  publicRead?: PublicRead<PublicShape> | undefined;
  /** The one declaration of the answer: what it does not name never leaves the server. */
  answer: Shape;
  /** Gives rows as the read model has them; `answer` makes JSON of them. */
  run: Run<Answer<z.output<Shape>>>;
}

/** `GET /path`, `POST /path` … with the usual status; the rest as given. */
export function operation<Shape extends z.ZodType, PublicShape extends z.ZodType = z.ZodType>(
  method: Method,
  path: string,
  given: Given<Shape, PublicShape>,
): Operation {
  const { answer, publicRead, run } = given;
  return {
    method,
    path,
    status: 200,
    ...given,
    input: given.input ?? null,
    publicRead: publicRead ? encodingRead(publicRead) : null,
    run: async (...asked) => {
      const { body, ...more } = await run(...asked);
      return { ...more, body: z.encode(answer, body) };
    },
  };
}

interface Change<Result, Shape extends z.ZodType> {
  id: string;
  summary: string;
  act: Act<Result> | ActOn<Result>;
  status?: 201;
  answer: Shape;
  /** What stands after the act, of what it answered itself. */
  show: (context: ApiContext, done: Result) => Promise<Answer<z.output<Shape>>> | Answer<z.output<Shape>>;
}

/** An act of the domain: takes what the act takes. */
export const change = <Result, Shape extends z.ZodType>(
  method: Method,
  path: string,
  { act, show, ...given }: Change<Result, Shape>,
): Operation =>
  operation(method, path, {
    ...given,
    input: act.input,
    run: async (...asked) => show(asked[0], await perform(act, ...asked)),
  });

/** Shows what the act answered. */
export const asItIs = <Result>(_context: ApiContext, done: Result): Answer<Result> => ({ body: done });

/** An act that has nothing to say when it is done. */
export const silentChange = (
  method: Method,
  path: string,
  { act, ...given }: Pick<Change<unknown, z.ZodType>, 'id' | 'summary' | 'act'>,
): Operation =>
  silentOperation(method, path, { ...given, input: act.input, run: (...asked) => perform(act, ...asked) });

const perform = <Result>(
  act: Act<Result> | ActOn<Result>,
  ...[context, { id }, input]: Parameters<Run<Result>>
) => (act.isOnSomething ? act(context, id, input) : act(context, input));

const encodingRead = (read: PublicRead): PublicRead => ({
  ...read,
  run: async (...asked) => {
    const { body, ...publication } = await read.run(...asked);
    return { ...publication, body: z.encode(read.answer, body) };
  },
});

/** One that is done and has nothing to say. */
export const silentOperation = (
  method: Method,
  path: string,
  given: { id: string; summary: string; input?: z.ZodObject | null; run: Run<unknown> },
): Operation => ({
  method,
  path,
  status: 204,
  answer: null,
  publicRead: null,
  ...given,
  input: given.input ?? null,
  run: async (...asked) => {
    await given.run(...asked);
    return { body: {} };
  },
});
