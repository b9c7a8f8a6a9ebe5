import type { z } from 'zod';
import { idPattern } from '../../db/ids.ts';
import type { Transaction } from '../../db/store.ts';
import type { AuditAction } from './audit/action.ts';
import { type AuditEvent, appendAudit } from './audit/append.ts';
import { authorize } from './core/authorize.ts';
import { atPresent, type Context } from './core/context.ts';
import { notFound } from './core/errors.ts';
import { parse } from './core/parse.ts';
import type { Action } from './core/permissions.ts';

/** What a change says of itself, once: the table of the API and the rule tests read it. */
interface Declared {
  /** Who may. Work that asks for more calls `authorize` itself. */
  readonly permission: Action;
  /** What it takes; null where that is nothing. */
  readonly input: z.ZodObject | null;
  /** What it may write into the audit itself; what it sets off writes its own. */
  readonly audits: readonly AuditAction[];
}

/** An act on nothing that is there yet. */
export interface Act<Result> extends Declared {
  readonly isOnSomething: false;
  (context: Context, input?: unknown): Promise<Result>;
}

/** An act on what an id names. */
export interface ActOn<Result> extends Declared {
  readonly isOnSomething: true;
  (context: Context, id: string, input?: unknown): Promise<Result>;
}

interface Parts<Input extends z.ZodObject, Audits extends AuditAction> {
  permission: Action;
  input?: Input;
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
 * Declares an act. Permission first, then input, then `prepare` (what takes long) before its transaction, then `work` inside
 * it; what is sent under an Idempotency-Key has begun a transaction before all of them. Refuses with `unauthenticated`,
 * `forbidden` or `invalid`, or as its work does; then nothing is written.
 */
export function act<Result, Input extends z.ZodObject, Audits extends AuditAction, Ready = undefined>(
  parts: Parts<Input, Audits> & {
    prepare?: (context: Context, wanted: z.output<Input>) => Promise<Ready>;
    work: (given: Given<Audits, Ready>, wanted: z.output<Input>) => Promise<Result>;
  },
): Act<Result> {
  const perform = async (context: Context, input: unknown = {}): Promise<Result> => {
    const wanted = admit(parts, context, input);
    // Without `prepare` it is undefined, as its type is then.
    const ready = (await parts.prepare?.(context, wanted)) as Ready;
    return inTransaction(parts, context, ready, (given) => parts.work(given, wanted));
  };
  return Object.assign(perform, declared(parts), { isOnSomething: false as const });
}

/** The same of an act on what an id names; `not_found` when it can be none. */
export function actOn<Result, Input extends z.ZodObject, Audits extends AuditAction, Ready = undefined>(
  parts: Parts<Input, Audits> & {
    prepare?: (context: Context, id: string, wanted: z.output<Input>) => Promise<Ready>;
    work: (given: Given<Audits, Ready>, id: string, wanted: z.output<Input>) => Promise<Result>;
  },
): ActOn<Result> {
  const perform = async (context: Context, id: string, input: unknown = {}): Promise<Result> => {
    const wanted = admit(parts, context, input);
    if (!idPattern.test(id)) throw notFound();
    const ready = (await parts.prepare?.(context, id, wanted)) as Ready;
    return inTransaction(parts, context, ready, (given) => parts.work(given, id, wanted));
  };
  return Object.assign(perform, declared(parts), { isOnSomething: true as const });
}

const declared = ({ permission, input = undefined, audits }: Parts<z.ZodObject, AuditAction>): Declared => ({
  permission,
  input: input ?? null,
  audits,
});

function admit<Input extends z.ZodObject>(
  { permission, input: schema }: Parts<Input, AuditAction>,
  context: Context,
  input: unknown,
): z.output<Input> {
  authorize(context, permission);
  // Where no schema is declared, the type of what is wanted is open, and work that takes nothing looks at nothing.
  return schema ? parse(schema, input) : ({} as z.output<Input>);
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
