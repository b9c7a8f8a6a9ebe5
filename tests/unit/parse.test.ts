import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DomainError } from '../../src/domain/core/errors.ts';
import {
  bodyLimit,
  day,
  instant,
  line,
  parse,
  prose,
  requiredLine,
  titleLimit,
} from '../../src/domain/core/parse.ts';
import { refusalKeys, refusalText } from '../../src/i18n/refusals.ts';

function refusals(schema: z.ZodType, input: unknown) {
  try {
    parse(schema, input);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'invalid' || error.key !== 'input') throw error;
    return error.fields.map(({ path, key, params }) => (params ? [path, key, params] : [path, key]));
  }
}

describe('a refusal is named by its field and its kind', () => {
  const word = z.enum(['one', 'two']);
  const table: [string, z.ZodType, unknown, unknown[]][] = [
    ['missing text', z.strictObject({ a: z.string() }), {}, ['a', 'required']],
    ['missing number', z.strictObject({ a: z.number() }), { a: undefined }, ['a', 'required']],
    ['missing choice', z.strictObject({ a: word }), {}, ['a', 'required']],
    ['missing list', z.strictObject({ a: z.array(z.string()) }), {}, ['a', 'required']],
    ['missing either-or', z.strictObject({ a: z.union([z.string(), z.number()]) }), {}, ['a', 'required']],
    ['missing time', z.strictObject({ a: instant() }), {}, ['a', 'required']],
    [
      'null is not missing',
      z.strictObject({ a: z.string() }),
      { a: null },
      ['a', 'wrong_type', { type: 'string' }],
    ],
    ['number for text', z.strictObject({ a: z.string() }), { a: 5 }, ['a', 'wrong_type', { type: 'string' }]],
    [
      'text for number',
      z.strictObject({ a: z.number() }),
      { a: '5' },
      ['a', 'wrong_type', { type: 'number' }],
    ],
    ['fraction', z.strictObject({ a: z.number().int() }), { a: 1.5 }, ['a', 'wrong_type', { type: 'int' }]],
    [
      'list for object',
      z.strictObject({ a: z.strictObject({}) }),
      { a: [] },
      ['a', 'wrong_type', { type: 'object' }],
    ],
    [
      'object for list',
      z.strictObject({ a: z.array(z.string()) }),
      { a: {} },
      ['a', 'wrong_type', { type: 'array' }],
    ],
    [
      'inside a list',
      z.strictObject({ a: z.array(z.number()) }),
      { a: [1, 'x'] },
      ['a.1', 'wrong_type', { type: 'number' }],
    ],
    [
      'deep inside',
      z.strictObject({ a: z.strictObject({ b: z.strictObject({ c: z.boolean() }) }) }),
      { a: { b: { c: 1 } } },
      ['a.b.c', 'wrong_type', { type: 'boolean' }],
    ],
    [
      'not a choice',
      z.strictObject({ a: word }),
      { a: 'three' },
      ['a', 'not_one_of', { values: 'one, two' }],
    ],
    ['unknown field', z.strictObject({}), { b: 1 }, ['b', 'unknown_field']],
    [
      'unknown field deep inside',
      z.strictObject({ a: z.strictObject({}) }),
      { a: { b: 1 } },
      ['a.b', 'unknown_field'],
    ],
    ['too long', z.strictObject({ a: z.string().max(3) }), { a: 'abcd' }, ['a', 'too_long', { max: 3 }]],
    ['too short', z.strictObject({ a: z.string().min(3) }), { a: 'ab' }, ['a', 'too_short', { min: 3 }]],
    ['too small', z.strictObject({ a: z.number().min(3) }), { a: 2 }, ['a', 'too_small', { min: 3 }]],
    ['too big', z.strictObject({ a: z.number().max(3) }), { a: 4 }, ['a', 'too_big', { max: 3 }]],
    ['too few', z.strictObject({ a: z.array(z.string()).min(1) }), { a: [] }, ['a', 'too_small', { min: 1 }]],
    [
      'too many',
      z.strictObject({ a: z.array(z.string()).max(1) }),
      { a: ['a', 'b'] },
      ['a', 'too_big', { max: 1 }],
    ],
    ['no time', z.strictObject({ a: instant() }), { a: 'soon' }, ['a', 'wrong_time']],
    ['no e-mail address', z.strictObject({ a: z.email() }), { a: 'me' }, ['a', 'wrong_email']],
    ['another form', z.strictObject({ a: z.string().regex(/^x$/) }), { a: 'y' }, ['a', 'wrong_format']],
    [
      'a rule with a sentence of its own',
      z.strictObject({ a: z.string().refine(() => false, { error: 'wrong_zone' }) }),
      { a: '' },
      ['a', 'wrong_zone'],
    ],
    [
      'a rule without one',
      z.strictObject({ a: z.string().refine(() => false) }),
      { a: '' },
      ['a', 'wrong_value'],
    ],
    [
      'neither of two kinds',
      z.strictObject({ a: z.union([z.string(), z.boolean()]) }),
      { a: 5 },
      ['a', 'wrong_value'],
    ],
    ['nothing at all', z.strictObject({}), undefined, ['', 'required']],
    ['something else altogether', z.strictObject({}), 'text', ['', 'wrong_type', { type: 'object' }]],
  ];
  test.each(table)('%s', (_what, schema, input, refusal) => {
    expect(refusals(schema, input)).toEqual([refusal]);
  });

  test('every wrong field is named at once, unknown ones each', () => {
    const schema = z.strictObject({ a: z.string(), b: z.number() });
    expect(
      refusals(schema, { a: 1, x: 1, y: 1 })
        .map(([path]) => path)
        .sort(),
    ).toEqual(['a', 'b', 'x', 'y']);
  });

  test('what fits comes back', () => {
    expect(parse(z.strictObject({ a: requiredLine(), b: prose().optional() }), { a: ' kept ' })).toEqual({
      a: ' kept ',
    });
  });
});

describe('texts', () => {
  const first = (schema: z.ZodType, input: unknown) => refusals(schema, input)[0]?.[1] ?? 'fits';
  test.each([
    ['', 'fits', 'required', 'fits'],
    ['  ', 'fits', 'required', 'fits'],
    ['one line', 'fits', 'fits', 'fits'],
    ['a\tb', 'fits', 'fits', 'fits'],
    ['a\nb', 'line_break', 'line_break', 'fits'],
    ['a\r\nb', 'line_break', 'line_break', 'fits'],
    ['a\u2028b', 'line_break', 'line_break', 'fits'],
    ['a\u2029b', 'line_break', 'line_break', 'fits'],
    ['a\u0000b', 'control_characters', 'control_characters', 'control_characters'],
    ['a\u0007b', 'control_characters', 'control_characters', 'control_characters'],
    ['a\u000bb', 'control_characters', 'control_characters', 'control_characters'],
    ['a\u007fb', 'control_characters', 'control_characters', 'control_characters'],
    ['a\u0085b', 'control_characters', 'control_characters', 'control_characters'],
    ['a\ufffeb', 'control_characters', 'control_characters', 'control_characters'],
    ['a\ud83d', 'control_characters', 'control_characters', 'control_characters'],
    ['a\u202eb', 'direction_marks', 'direction_marks', 'direction_marks'],
    ['a\u2067b', 'direction_marks', 'direction_marks', 'direction_marks'],
    ['🦦 e\u0301', 'fits', 'fits', 'fits'],
    ['x'.repeat(titleLimit), 'fits', 'fits', 'fits'],
    ['x'.repeat(titleLimit + 1), 'too_long', 'too_long', 'fits'],
  ])('%j as a line is "%s", as a required one "%s", as prose "%s"', (text, asLine, asRequired, asProse) => {
    expect([first(line(), text), first(requiredLine(), text), first(prose(), text)]).toEqual([
      asLine,
      asRequired,
      asProse,
    ]);
  });

  test('prose has at most 20 kB of UTF-8, however many characters those are', () => {
    expect(first(prose(), 'x'.repeat(bodyLimit))).toBe('fits');
    expect(first(prose(), 'x'.repeat(bodyLimit + 1))).toBe('too_long');
    expect(first(prose(), 'ä'.repeat(bodyLimit / 2))).toBe('fits');
    expect(first(prose(), 'ä'.repeat(bodyLimit / 2 + 1))).toBe('too_long_bytes');
    expect(first(prose(), '🦦'.repeat(bodyLimit / 4 + 1))).toBe('too_long_bytes');
  });
});

describe('times', () => {
  test.each([
    ['2026-11-20T14:30:00Z', true],
    ['2026-11-20T14:30:00.123Z', true],
    ['2026-11-20T14:30:00+05:30', true],
    ['1970-01-01T00:00:00Z', true],
    ['9999-12-31T23:59:59Z', true],
    ['1969-12-31T23:59:59Z', false],
    ['9999-12-31T23:59:59-01:00', false],
    ['2026-11-20T14:30Z', false],
    ['2028-02-29T00:00:00Z', true],
    ['2026-02-29T00:00:00Z', false],
    ['2026-11-20T24:00:00Z', false],
    ['2026-11-20T14:30:00', false],
    ['2026-11-20 14:30:00Z', false],
    ['2026-11-20', false],
    ['1795184400000', false],
    ['', false],
  ])('%s is a moment: %s', (text, isOne) => {
    expect(instant().safeParse(text).success).toBe(isOne);
    if (isOne) expect(Number.isNaN(Date.parse(text))).toBe(false);
  });

  test.each([
    ['2026-11-20', true],
    ['2026-02-29', false],
    ['20.11.2026', false],
    ['2026-11-20T00:00:00Z', false],
  ])('%s is a day: %s', (text, isOne) => {
    expect(day().safeParse(text).success).toBe(isOne);
  });
});

test('every refusal has a sentence in both languages, without a parameter left over', () => {
  const params = {
    max: 1,
    min: 1,
    type: 'x',
    values: 'x',
    line: 1,
    text: 'x',
    slot: 'x',
    from: 'x',
    own: 'x',
    is: 'x',
    to: 'x',
    minutes: 1,
    at: '10:00',
    days: 1,
    method: 'x',
    found: 'x',
    title: 'x',
    window: 'x',
  };
  for (const key of refusalKeys) {
    const [en, de] = [refusalText('en', key, params), refusalText('de', key, params)];
    expect(en).not.toBe(de);
    // Braces may stand in an example of what to send.
    for (const text of [en, de]) expect(text.replace(/\{"[a-z]{2}": "…"\}/, '')).not.toMatch(/[{}]/);
  }
  expect(refusalText('en', 'leftover', { line: 3, text: '$& {line}' })).toBe(
    'A placeholder is left in line 3: $& {line}',
  );
});
