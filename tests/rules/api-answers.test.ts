/** What the JSON API answers is what its schemas name, and nothing else of a row. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { catalogueOperations } from '../../src/http/api/catalogue-operations.ts';
import { type ApiContext, type Operation, operation } from '../../src/http/api/operation.ts';
import { operations } from '../../src/http/api/operations.ts';
import { moment } from '../../src/http/api/values.ts';

/** What says all of its value by itself. */
const leaves = new Set<string>(['string', 'number', 'boolean', 'enum', 'literal', 'null', 'never']);

/** The way to each schema inside that lets something through without naming it. */
function holesOf(schema: z.core.$ZodType, way: string): string[] {
  // Every schema that zod makes is one of these; its own types do not say so.
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const into = (inner: z.core.$ZodType, name: string) => holesOf(inner, `${way}${name}`);
  switch (def.type) {
    case 'object': {
      const isOpen = def.catchall !== undefined && def.catchall._zod.def.type !== 'never';
      const here = isOpen ? [way] : [];
      return [...here, ...Object.entries(def.shape).flatMap(([name, inner]) => into(inner, `.${name}`))];
    }
    case 'array':
      return into(def.element, '[]');
    case 'record':
      return into(def.valueType, '[]');
    case 'nullable':
    case 'optional':
      return into(def.innerType, '');
    case 'pipe':
      return into(def.in, '');
    default:
      return leaves.has(def.type) ? [] : [way];
  }
}

test('a column that no schema names is never shown, in no answer of the API', () => {
  const holes = operations.flatMap(({ id, answer, publicRead }) => [
    ...(answer ? holesOf(answer, id) : []),
    ...(publicRead ? holesOf(publicRead.answer, `${id} of the world`) : []),
  ]);
  expect(holes.sort()).toEqual([
    // The description of the API itself.
    'describe',
    'describe of the world',
    // What changed; `listAudit` hides what the reader may not see.
    'listAudit.entries[].after',
    'listAudit.entries[].before',
  ]);
});

const context = {} as ApiContext;
const run = async (prepared?: Operation['prepared']) =>
  (await prepared?.(context, { id: '' }, {}))?.(context);

test('what an operation reads beside its answer stays inside, at every depth', async () => {
  const person = { id: 'a', passwordHash: 'secret' };
  const { prepared, publicRead } = operation('GET', '/people', {
    id: 'listPeople',
    summary: '',
    answer: z.object({ people: z.array(z.object({ id: z.string(), at: moment.nullable() })) }),
    publicRead: {
      answer: z.object({ lead: z.object({ id: z.string() }) }),
      run: async () => ({ body: { lead: person, people: [person] }, tags: [], validUntil: null }),
    },
    run: async () => ({ body: { people: [{ ...person, at: new Date(0) }], more: 'secret' } }),
  });
  expect((await run(prepared))?.body).toEqual({
    people: [{ id: 'a', at: '1970-01-01T00:00:00.000Z' }],
  });
  expect((await publicRead?.run(context, { id: '' }, null))?.body).toEqual({ lead: { id: 'a' } });
});

test('a row that lacks a field of the answer does not compile, and is never sent', async () => {
  const answer = z.object({ id: z.string(), at: moment });
  const row = { id: 'a' };
  const names = { id: 'readThing', summary: '' };
  // @ts-expect-error The row has no `at`.
  const one = operation('GET', '/thing', { ...names, answer, run: async () => ({ body: row }) });
  await expect(run(one.prepared)).rejects.toThrow();

  const verb = async () => row;
  const noun = { one: 'thing', many: 'things', addInput: answer, changeInput: answer };
  const verbs = { add: verb, change: verb, archive: verb, restore: verb };
  // @ts-expect-error Neither has one of the catalogue.
  const [list] = catalogueOperations({ ...noun, ...verbs, shape: answer, list: async () => [row] });
  await expect(run(list?.prepared)).rejects.toThrow();

  const read = async () => ({ body: row, tags: [], validUntil: null });
  const given = { ...names, answer, run: async () => ({ body: { ...row, at: new Date(0) } }) };
  // @ts-expect-error Nor has what the world reads.
  const world = operation('GET', '/thing', { ...given, publicRead: { answer, run: read } });
  await expect(world.publicRead?.run(context, { id: '' }, null)).rejects.toThrow();
});
