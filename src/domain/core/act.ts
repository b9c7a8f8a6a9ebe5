import type { z } from 'zod';
import { idPattern } from '../../../db/ids.ts';
import type { Transaction } from '../../../db/store.ts';
import { type Language, languages } from '../../../db/words.ts';
import type { AuditAction } from './audit/action.ts';
import { type AuditEvent, appendAudit } from './audit/append.ts';
import { authorize } from './authorize.ts';
import { atPresent, type Context } from './context.ts';
import { notFound } from './errors.ts';
import { parse } from './parse.ts';
import type { Action } from './permissions.ts';

/** What a change says of itself, once: the table of the API and the rule tests read it. */
interface Declared {
  /** Who may. Work that asks for more calls `authorize` itself. */
  readonly permission: Action;
  /** What it takes; null where that is nothing. */
  readonly input: z.ZodObject | null;
  /** What it may write into the audit itself; what it sets off writes its own. */
  readonly audits: readonly AuditAction[];
}

/** Work that was admitted and prepared: joins the transaction of whoever calls it, or begins its own. */
export type Prepared<Result> = (context: Context) => Promise<Result>;

/** An act on nothing that is there yet. */
export interface Act<Result> extends Declared {
  readonly isOnSomething: false;
  (context: Context, input?: unknown): Promise<Result>;
  /** For who begins the transaction: everything before it, which refuses as the act does. */
  prepared(context: Context, input?: unknown): Promise<Prepared<Result>>;
}

/** An act on what an id names. */
export interface ActOn<Result> extends Declared {
  readonly isOnSomething: true;
  (context: Context, id: string, input?: unknown): Promise<Result>;
  prepared(context: Context, id: string, input?: unknown): Promise<Prepared<Result>>;
}

interface Parts<Input extends z.ZodObject, Audits extends AuditAction> {
  permission: Action;
  /** What it takes, which may depend on the languages that the page offers. */
  input?: Input | ((offered: readonly Language[]) => Input);
  audits: readonly Audits[];
  /** Whoever waited for the lock of writers acts as of then, not as of when it was asked. */
  isOfItsTurn?: boolean;
}

/** What work has at hand. */
export interface Given<Audits extends AuditAction, Ready = unknown> {
  tx: Transaction;
  context: Context;
  /** Writes an entry beside the change. */
  audit: (event: AuditEvent & { action: Audits }) => Promise<void>;
  /** What `prepare` made. */
  ready: Ready;
}

/**
 * Declares an act. Permission first, then input, then `prepare` (what takes long) before the transaction, then `work` inside
 * it. Refuses with `unauthenticated`, `forbidden` or `invalid`, or as its work does; then nothing is written.
 */
export function act<Result, Input extends z.ZodObject, Audits extends AuditAction, Ready = undefined>(
  parts: Parts<Input, Audits> & {
    prepare?: (context: Context, wanted: z.output<Input>) => Promise<Ready>;
    work: (given: Given<Audits, Ready>, wanted: z.output<Input>) => Promise<Result>;
  },
): Act<Result> {
  const prepared = async (context: Context, input: unknown = {}): Promise<Prepared<Result>> => {
    const wanted = admit(parts, context, input);
    // Without `prepare` it is undefined, as its type is then.
    const ready = (await parts.prepare?.(context, wanted)) as Ready;
    return (inside) => inTransaction(parts, inside, ready, (given) => parts.work(given, wanted));
  };
  const perform = async (context: Context, input?: unknown) => (await prepared(context, input))(context);
  return Object.assign(perform, declared(parts), { prepared, isOnSomething: false as const });
}

/** The same of an act on what an id names; `not_found` when it can be none. */
export function actOn<Result, Input extends z.ZodObject, Audits extends AuditAction, Ready = undefined>(
  parts: Parts<Input, Audits> & {
    prepare?: (context: Context, id: string, wanted: z.output<Input>) => Promise<Ready>;
    work: (given: Given<Audits, Ready>, id: string, wanted: z.output<Input>) => Promise<Result>;
  },
): ActOn<Result> {
  const prepared = async (context: Context, id: string, input: unknown = {}): Promise<Prepared<Result>> => {
    const wanted = admit(parts, context, input);
    if (!idPattern.test(id)) throw notFound();
    const ready = (await parts.prepare?.(context, id, wanted)) as Ready;
    return (inside) => inTransaction(parts, inside, ready, (given) => parts.work(given, id, wanted));
  };
  const perform = async (context: Context, id: string, input?: unknown) =>
    (await prepared(context, id, input))(context);
  return Object.assign(perform, declared(parts), { prepared, isOnSomething: true as const });
}

const declared = ({ permission, input = undefined, audits }: Parts<z.ZodObject, AuditAction>): Declared => ({
  permission,
  // On a page that offers every language.
  input: (typeof input === 'function' ? input(languages) : input) ?? null,
  audits,
});

function admit<Input extends z.ZodObject>(
  { permission, input: schema }: Parts<Input, AuditAction>,
  context: Context,
  input: unknown,
): z.output<Input> {
  authorize(context, permission);
  // Where no schema is declared, the type of what is wanted is open, and work that takes nothing looks at nothing.
  if (!schema) return {} as z.output<Input>;
  return parse(typeof schema === 'function' ? schema(context.offered) : schema, input);
}

const inTransaction = <Result, Audits extends AuditAction, Ready>(
  { isOfItsTurn = false }: Parts<z.ZodObject, Audits>,
  asked: Context,
  ready: Ready,
  work: (given: Given<Audits, Ready>) => Promise<Result>,
): Promise<Result> =>
  asked.store.transaction((tx) => {
    const context = isOfItsTurn ? atPresent(asked) : asked;
    return work({ tx, context, ready, audit: (event) => appendAudit(tx, context, event) });
  });
