import { z } from 'zod';
import type { Act, ActOn, Prepared } from '../../domain/core/act.ts';
import type { Context } from '../../domain/core/context.ts';
import type { PublicPaths } from '../../paths.ts';
import type { Publication } from '../published/published.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** What absolute links are made of. */
export interface Addresses {
  publicUrl: string;
  paths: PublicPaths;
}

/** The context of the verb, and the addresses of the page. */
export interface ApiContext extends Context, Addresses {}

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

/** What is left to be done inside the transaction that a change shares with its answer. */
type Work<Result> = (inside: ApiContext) => Promise<Result>;

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
  /** Everything that goes before a transaction, then the work in it; the body of its answer is what travels. */
  prepared: Run<Work<Answer>>;
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
export const operation = <Shape extends z.ZodType, PublicShape extends z.ZodType = z.ZodType>(
  method: Method,
  path: string,
  { run, ...given }: Given<Shape, PublicShape>,
): Operation => line(method, path, { ...given, prepared: unprepared(run) });

/** One that is done and has nothing to say. */
export const silentOperation = (
  method: Method,
  path: string,
  { run, ...given }: { id: string; summary: string; input?: z.ZodObject | null; run: Run<unknown> },
): Operation => silentLine(method, path, { ...given, prepared: unprepared(run) });

const unprepared =
  <Result>(run: Run<Result>): Run<Work<Result>> =>
  async (_context, params, input) =>
  (inside) =>
    run(inside, params, input);

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
  line(method, path, {
    ...given,
    input: act.input,
    async prepared(...asked) {
      const work = await prepare(act, ...asked);
      return async (inside) => show(inside, await work(inside));
    },
  });

/** Shows what the act answered. */
export const asItIs = <Result>(_context: ApiContext, done: Result): Answer<Result> => ({ body: done });

/** An act that has nothing to say when it is done. */
export const silentChange = (
  method: Method,
  path: string,
  { act, ...given }: Pick<Change<unknown, z.ZodType>, 'id' | 'summary' | 'act'>,
): Operation =>
  silentLine(method, path, { ...given, input: act.input, prepared: (...asked) => prepare(act, ...asked) });

const prepare = <Result>(
  act: Act<Result> | ActOn<Result>,
  ...[context, { id }, input]: Parameters<Run<Result>>
): Promise<Prepared<Result>> =>
  act.isOnSomething ? act.prepared(context, id, input) : act.prepared(context, input);

interface Line<Shape extends z.ZodType, PublicShape extends z.ZodType>
  extends Omit<Given<Shape, PublicShape>, 'run'> {
  prepared: Run<Work<Answer<z.output<Shape>>>>;
}

const line = <Shape extends z.ZodType, PublicShape extends z.ZodType>(
  method: Method,
  path: string,
  { answer, publicRead, prepared, ...given }: Line<Shape, PublicShape>,
): Operation => ({
  method,
  path,
  status: 200,
  ...given,
  answer,
  input: given.input ?? null,
  publicRead: publicRead ? encodingRead(publicRead) : null,
  async prepared(...asked) {
    const work = await prepared(...asked);
    return async (inside) => {
      const { body, ...more } = await work(inside);
      return { ...more, body: z.encode(answer, body) };
    };
  },
});

const silentLine = (
  method: Method,
  path: string,
  {
    prepared,
    ...given
  }: Pick<Line<z.ZodType, z.ZodType>, 'id' | 'summary' | 'input'> & { prepared: Run<Work<unknown>> },
): Operation => ({
  method,
  path,
  status: 204,
  answer: null,
  publicRead: null,
  ...given,
  input: given.input ?? null,
  async prepared(...asked) {
    const work = await prepared(...asked);
    return async (inside) => {
      await work(inside);
      return { body: {} };
    };
  },
});

const encodingRead = (read: PublicRead): PublicRead => ({
  ...read,
  run: async (...asked) => {
    const { body, ...publication } = await read.run(...asked);
    return { ...publication, body: z.encode(read.answer, body) };
  },
});
