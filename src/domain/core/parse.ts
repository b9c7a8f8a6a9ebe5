import { z } from 'zod';
import type { RefusalKey } from '../../i18n/refusals.ts';
import { refusalKeys } from '../../i18n/refusals.ts';
import { DomainError, type FieldRefusal, type RefusalParams } from './errors.ts';

/** Title and other single lines. */
export const titleLimit = 255;
/** A Markdown body, in bytes of UTF-8. */
export const bodyLimit = 20_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are refused.
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;
const lineBreaks = /[\r\n\u2028\u2029]/;

/** Invisible marks that would turn the words around them, on the page and in every feed. */
export const directionMarks = /[\u202a-\u202e\u2066-\u2069]/;

const withoutControls = (schema: z.ZodString) =>
  schema
    .refine((value) => value.isWellFormed() && !controlCharacters.test(value), {
      error: 'control_characters',
    })
    .refine((value) => !directionMarks.test(value), { error: 'direction_marks' });

/** One line of text, trimmed by the reader's eye, not by us: required unless `optional`. */
export const line = (max = titleLimit) =>
  withoutControls(z.string().max(max)).refine((value) => !lineBreaks.test(value), { error: 'line_break' });

/** One line that must say something. */
export const requiredLine = (max = titleLimit) =>
  line(max).refine((value) => value.trim() !== '', { error: 'required' });

/** Prose of at most 20 kB. */
export const prose = () =>
  withoutControls(z.string().max(bodyLimit)).refine((value) => Buffer.byteLength(value) <= bodyLimit, {
    error: 'too_long_bytes',
  });

/** A moment as ISO 8601 with its zone, within the years that both engines and every feed can hold: 1970 to 9999. */
export const instant = () =>
  z.iso
    .datetime({ offset: true })
    // What is no time at all was refused by its form already.
    .refine((value) => !(Date.parse(value) < 0 || Date.parse(value) >= Date.UTC(10_000, 0)), {
      error: 'wrong_time',
    });

/** A calendar day as "2026-11-20". */
export const day = () => z.iso.date();

/** Checks `input` against `schema`; refuses with every wrong field named. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  // zod leaves the input out of its issues by default, and then missing and wrong look alike.
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  throw new DomainError('invalid', 'input', { fields: result.error.issues.flatMap(fieldRefusals) });
}

function fieldRefusals(issue: z.core.$ZodIssue): FieldRefusal[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), key: 'unknown_field' }));
  }
  const [key, params] = describe(issue);
  return [params ? { path, key, params } : { path, key }];
}

function describe(issue: z.core.$ZodIssue): [RefusalKey, RefusalParams?] {
  if (isRefusalKey(issue.message)) return [issue.message];
  if (issue.input === undefined && isMissing.includes(issue.code)) return ['required'];
  if (issue.code === 'too_big')
    return [issue.origin === 'string' ? 'too_long' : 'too_big', { max: Number(issue.maximum) }];
  if (issue.code === 'too_small')
    return issue.origin === 'string'
      ? ['too_short', { min: Number(issue.minimum) }]
      : ['too_small', { min: Number(issue.minimum) }];
  if (issue.code === 'invalid_value') return ['not_one_of', { values: issue.values.map(String).join(', ') }];
  if (issue.code === 'invalid_format')
    return [
      issue.format === 'datetime' ? 'wrong_time' : issue.format === 'email' ? 'wrong_email' : 'wrong_format',
    ];
  if (issue.code === 'invalid_type') return ['wrong_type', { type: issue.expected }];
  return ['wrong_value'];
}

/** What zod says of a value that is not there, by the kind of its schema. */
const isMissing: readonly string[] = ['invalid_type', 'invalid_value', 'invalid_union', 'invalid_format'];

const isRefusalKey = (text: string): text is RefusalKey => (refusalKeys as readonly string[]).includes(text);
