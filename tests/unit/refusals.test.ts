import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DomainError, type FieldRefusal, invalid, sameText } from '../../src/domain/core/errors.ts';
import { errorBody, statusOf } from '../../src/http/refused/error-response.ts';

const required = { path: 'body', key: 'required' } as const;

type Takes<Given extends unknown[]> = typeof DomainError extends new (
  ...given: Given
) => DomainError
  ? true
  : false;
type Fields = { fields: FieldRefusal[] };

test('422 always names a field: the compiler takes no refusal of that status without one', () => {
  const isTaken: [
    Takes<['invalid', 'input']>,
    Takes<['invalid', 'input', { params: object }]>,
    Takes<['conflict', 'conflict_idempotency']>,
    Takes<['invalid', 'input', Fields]>,
    Takes<['conflict', 'conflict_idempotency', Fields]>,
    Takes<['conflict', 'held']>,
  ] = [false, false, false, true, true, true];
  expect(isTaken).toHaveLength(6);
  for (const named of [
    new DomainError('invalid', 'input', { fields: [required] }),
    new DomainError('conflict', 'conflict_idempotency', { fields: [required] }),
    invalid('body', 'required'),
    sameText(),
  ]) {
    expect(statusOf(named)).toBe(422);
    expect(errorBody(named).error.fields).toHaveLength(1);
  }
  expect(statusOf(new DomainError('conflict', 'held'))).toBe(409);
});

test('422 always names a field: what names none has a status of its own', () => {
  const withoutFields = globSync('src/**/*.{ts,astro}').flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => /\bunreadable\(|fields: \[\]/.test(line))
      .map((line) => [file.replaceAll('\\', '/'), line.trim()] as const),
  );
  const strange = withoutFields.filter(([, line]) => !/HttpRefusal\(\d{3}, unreadable\(/.test(line));
  expect(strange.map(([file]) => file).sort()).toEqual(
    [
      // A method that an address does not answer: 405.
      'src/http/api/find-operation.ts',
      // What Astro could not hand to an action: its own status.
      'src/http/desk/admin-session.ts',
      // The helper itself, and a text whose path `renderTexts` adds.
      'src/domain/core/errors.ts',
      // 503.
      'src/http/refused/unavailable.ts',
      'src/render/safe-html.ts',
    ].sort(),
  );
});
