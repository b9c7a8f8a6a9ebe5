/** From the fields of an HTML form to the shape that the API and its verbs take, and back to the form when refused. */
import type { Language } from '../../db/words.ts';
import { fromLocal, toLocal } from '../domain/core/calendar.ts';
import type { DomainError } from '../domain/core/errors.ts';
import { refusalText } from '../i18n/refusals.ts';

export type FormValues = Record<string, string[]>;

/** What was typed, and what is wrong with it; a page fills its form from this so that nothing is lost. */
export interface FormState {
  values: FormValues;
  refusal: DomainError | null;
  /** It was typed before a new sign-in; nothing was done with it yet. */
  isRestored: boolean;
}

/** Fields of the mechanism, not of the input. */
const ownFields = new Set(['idempotencyKey', 'email', 'password']);

/** All text fields, with line ends as one character. Files are not ours. */
export function readValues(data: FormData): FormValues {
  const values: FormValues = {};
  for (const [name, value] of data) {
    if (typeof value !== 'string' || name === '__proto__') continue;
    values[name] = [...(values[name] ?? []), value.replace(/\r\n?/g, '\n')];
  }
  return values;
}

/**
 * Nested input from dotted names. A suffix tells the type: `:number`, `:flag` (present is true), `:list`, `:local` (a
 * date and time in the page's zone; `:was` beside it is the instant it was made of), `:lines` (one value a line), `:place1` and so on (of several in an order; empty ones are left out), `:nullable` (empty is null), `:text` (empty stays). Other empty fields are left out.
 */
export function toInput(values: FormValues, zone: string): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [name, all] of Object.entries(values)) {
    const [path = '', type = ''] = name.split(':');
    if (ownFields.has(path) || path.startsWith('kept.')) continue;
    if (type === 'was') continue;
    const was = type === 'local' ? values[`${path}:was`]?.at(-1) : undefined;
    if (type.startsWith('place')) {
      const before = input[path];
      const value = all.at(-1) ?? '';
      if (value !== '') input[path] = [...(Array.isArray(before) ? before : []), value];
      continue;
    }
    const value = isUnchanged(was, all.at(-1), zone) ? was : convert(all, type, zone);
    if (value !== undefined) place(input, path.split('.'), value);
  }
  return input;
}

/** In the hour that a clock change repeats a local time names two instants: one that nobody touched stays the one it was. */
const isUnchanged = (was: string | undefined, local: string | undefined, zone: string): boolean =>
  was !== undefined && !Number.isNaN(Date.parse(was)) && toLocal(new Date(was), zone) === local;

function convert(all: readonly string[], type: string, zone: string): unknown {
  const value = all.at(-1) ?? '';
  switch (type) {
    case 'list':
      return all.filter((item) => item !== '');
    case 'lines':
      return value
        .split('\n')
        .map((item) => item.trim())
        .filter((item) => item !== '');
    case 'flag':
      return value === 'true';
    case 'text':
      return value;
    case 'nullable':
      return value.trim() === '' ? null : value;
    case 'number':
      return value.trim() === '' ? undefined : Number(value);
    case 'local':
      return value === '' ? undefined : localTime(value, zone);
    default:
      return value.trim() === '' ? undefined : value;
  }
}

function localTime(value: string, zone: string): string {
  try {
    return fromLocal(value, zone).toISOString();
  } catch {
    return value;
  }
}

function place(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first, ...rest] = path;
  if (first === undefined || ['__proto__', 'constructor', 'prototype'].includes(first)) return;
  if (rest.length === 0) {
    target[first] = value;
    return;
  }
  const inner = Object.hasOwn(target, first) ? target[first] : undefined;
  const next = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  target[first] = next;
  place(next, rest, value);
}

/** What the field showed when the form was sent, else what the record holds. `name` is without its type suffix. */
export function typed(
  form: FormState | null,
  name: string,
  stored: string | number | null | undefined = '',
): string {
  const found = form && Object.entries(form.values).find(([key]) => key.split(':')[0] === name);
  return found ? (found[1].at(-1) ?? '') : String(stored ?? '');
}

/** All values of a field of several, or the stored ones. */
export function typedList(
  form: FormState | null,
  name: string,
  stored: readonly string[] = [],
): readonly string[] {
  if (!form) return stored;
  return Object.entries(form.values).flatMap(([key, values]) => (key.split(':')[0] === name ? values : []));
}

/** The sentence that belongs to a field, or nothing. */
export function refusalAt(form: FormState | null, path: string, language: Language): string | null {
  const refusal = form?.refusal?.fields.find((field) => field.path === path);
  return refusal ? refusalText(language, refusal.key, refusal.params) : null;
}
