import { type ActionAPIContext, defineAction } from 'astro:actions';
import type { Act, ActOn } from '../domain/core/act.ts';
import type { Context } from '../domain/core/context.ts';
import { DomainError } from '../domain/core/errors.ts';
import { once } from '../domain/core/idempotency/once.ts';
import { readSettings } from '../domain/core/settings/read-settings.ts';
import { refusalOf, statusOf } from '../http/refused/error-response.ts';
import { type FormValues, readValues, toInput } from './form.ts';
import { withUnticked } from './unticked.ts';

/** Where to go after a form was accepted, the page itself when it tells something once, or the status with which it is shown again. */
export type FormOutcome = { location: string } | { isTold: true } | { refused: number };

/** What only this response may tell: never stored, not in an address, and not told again when the form is sent twice. */
export interface Told {
  kind: 'password' | 'token' | 'link';
  secret: string;
  /** Whose or what for. */
  about: string;
}

/** Where to go; or what to tell once, and where a repeat of the form leads instead. */
export type Done = string | { told: Told; onRepeat: string };

export type Input = Record<string, unknown>;

export interface Submission {
  context: Context;
  /** In the API's shape; the verb parses it. */
  input: Input;
  values: FormValues;
  api: ActionAPIContext;
}

/**
 * A form that calls one verb. Sent twice under the same `idempotencyKey` (a double click) it acts once. A refusal is
 * kept in `locals.form` and the page is shown again with everything that was typed.
 */
export const formAction = (perform: (submission: Submission) => Promise<Done>, options: FormOptions = {}) =>
  preparedForm(async (submission) => () => perform(submission), options);

interface FormOptions {
  /** It shares its form, and so its key, with an act that is done once; doing it again does no harm. */
  isRepeatable?: boolean;
}

/** The same of an act that prepares: what takes long goes before the transaction of the key, and what `prepare` gives runs in it. */
export const preparedForm = (
  prepare: (submission: Submission) => Promise<() => Promise<Done>>,
  { isRepeatable = false }: FormOptions = {},
) =>
  defineAction({
    accept: 'form',
    handler: async (data: FormData, api): Promise<FormOutcome> => {
      const values = readValues(data);
      const { context, app, requestId } = api.locals;
      try {
        const settings = await readSettings(context.store);
        const input = toInput(values, settings.time_zone);
        const key = (isRepeatable ? null : values.idempotencyKey?.at(-1)) ?? null;
        const first: { told: Told | null } = { told: null };
        const answer = await once(context, key, withoutSecrets(values), async () => {
          const work = await prepare({ context, input, values, api });
          return async () => {
            const done = await work();
            if (typeof done === 'string') return { status: 303, body: done };
            first.told = done.told;
            return { status: 303, body: done.onRepeat };
          };
        });
        if (!first.told) return { location: String(answer.body) };
        api.locals.told = first.told;
        return { isTold: true };
      } catch (error) {
        const refusal = forPeople(refusalOf(error));
        if (refusal.code === 'internal') app.log.error({ requestId, err: error }, 'action failed');
        api.locals.form = {
          values: refusal.key === 'sent_before' ? unsent(values) : values,
          refusal,
          isRestored: false,
        };
        return { refused: statusOf(refusal) };
      }
    },
  });

/**
 * The form of an act on what its field `noun` names; it leads to a page of what the act answers. `shape` is for what a browser
 * sends in another shape than the API takes. What does no more than this is one line; only what does several things has a
 * function of its own.
 */
export const formOn = <A>(
  noun: string,
  act: ActOn<A>,
  leadsTo: (answer: A, id: string) => string,
  shape = (input: Input): Input => input,
) =>
  preparedForm(async ({ context, input: { [noun]: named, ...input } }) => {
    const id = String(named ?? '');
    const work = await act.prepared(context, id, shape(withUnticked(input)));
    return async () => leadsTo(await work(context), id);
  });

/** The form of an act on nothing that is there yet; it leads to a page of what the act answers. */
export const formOf = <A>(act: Act<A>, leadsTo: (answer: A) => string) =>
  preparedForm(async ({ context, input }) => {
    const work = await act.prepared(context, withUnticked(input));
    return async () => leadsTo(await work(context));
  });

/** Somebody went back to a form that was sent, and sent it with other words: no key is theirs to change. */
const forPeople = (refusal: DomainError): DomainError =>
  refusal.key === 'conflict_idempotency' ? new DomainError('conflict', 'sent_before') : refusal;

/** Without the key that is used, so that the form shown again has a new one. */
const unsent = ({ idempotencyKey: _used, ...values }: FormValues): FormValues => values;

/** What tells one request from another is kept for a day; a password must not be guessable from it. */
const withoutSecrets = (values: FormValues): FormValues =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !/password|current/i.test(name)));
