import type { FormValues } from './form.ts';

/** Fields of one sending, and what the address says anyway: no part of what somebody typed. */
const ofOneSending = /^(idempotencyKey|version:number|incident|category|subject|email|password)$/;

/**
 * Where the composer keeps what was typed for a slot that the occasion at hand does not ask for. Choosing another occasion
 * sends the form, so that all of it goes along.
 */
export const keptPrefix = 'kept.';

/** What of the composer's form is worth keeping as a draft. */
export const typedValues = (values: FormValues): FormValues =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !ofOneSending.test(name)));

/** With what was typed under another occasion put back into the fields that ask for it now. */
export function withKept(values: FormValues): FormValues {
  const kept = Object.entries(values).flatMap(([name, all]) =>
    name.startsWith(keptPrefix) ? [[name.slice(keptPrefix.length), all] as const] : [],
  );
  const own = Object.entries(values).filter(([name]) => !name.startsWith(keptPrefix));
  return { ...Object.fromEntries(kept), ...Object.fromEntries(own) };
}
