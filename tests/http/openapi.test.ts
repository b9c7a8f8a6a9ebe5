import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from '../../src/http/api/operations.ts';
import { apiOf, type Json } from '../support/api.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let description: Json;
beforeAll(async () => {
  server = await startTestServer();
  description = await apiOf(server).call('describe');
});
afterAll(() => server?.stop());

/** Every object inside, with the way to it. */
function* objectsOf(value: Json, way = '#'): Generator<[string, Json]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [way, value];
  for (const [key, inner] of Object.entries(value)) yield* objectsOf(inner, `${way}/${key}`);
}

test('it is OpenAPI 3.1 and lists exactly the operations of the table', () => {
  expect(description.openapi).toMatch(/^3\.1\.\d+$/);
  expect(description.info).toMatchObject({ title: 'Klartext', version: expect.any(String) });
  expect(description.servers).toEqual([{ url: 'https://status.example.com/api/v1' }]);
  const described = Object.entries<Json>(description.paths).flatMap(([path, methods]) =>
    Object.entries<Json>(methods).map(
      ([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`,
    ),
  );
  expect(described.sort()).toEqual(
    operations.map(({ method, path, id }) => `${method} ${path} ${id}`).sort(),
  );
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
});

test('every reference leads somewhere, and every schema is referred to', () => {
  const references = new Set(
    [...objectsOf(description)].flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : [])),
  );
  const names = Object.keys(description.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect([...references].sort()).toEqual(names.sort());
  for (const name of [
    'OpenIncident',
    'PostUpdate',
    'Incident',
    'PublicIncident',
    'Update',
    'Status',
    'Category',
    'Error',
  ]) {
    expect(names).toContain(`#/components/schemas/${name}`);
  }
});

test('every operation says what it takes, gives, needs and how it refuses', () => {
  for (const { method, path, status, input, publicRead, answer } of operations) {
    const found = description.paths[path][method.toLowerCase()];
    const name = `${method} ${path}`;
    expect([name, Object.keys(found.responses)]).toEqual([name, [String(status), 'default']]);
    expect([name, found.responses[status].content !== undefined]).toEqual([name, answer !== null]);
    expect([name, found.requestBody !== undefined]).toEqual([name, method !== 'GET' && input !== null]);
    expect([name, found.security]).toEqual([name, publicRead ? [{}, { token: [] }] : [{ token: [] }]]);
    const parameters = found.parameters.map((parameter: Json) => `${parameter.in} ${parameter.name}`);
    expect([name, parameters.includes('path id')]).toEqual([name, path.includes('{id}')]);
    expect([name, parameters.includes('header Idempotency-Key')]).toEqual([name, method === 'POST']);
    expect([name, found.responses.default.content['application/json'].schema]).toEqual([
      name,
      { $ref: '#/components/schemas/Error' },
    ]);
    for (const [way, part] of objectsOf(found)) {
      if (part.in !== undefined && part.name !== undefined)
        expect([way, part.schema?.type ?? part.schema?.$ref]).not.toContain(undefined);
    }
  }
});

test('a public incident in it has no field of the team', () => {
  const { PublicIncident, Incident } = description.components.schemas;
  const team = Object.keys(Incident.properties).filter((name) => !(name in PublicIncident.properties));
  expect(team).toEqual([
    'priority',
    'isReviewed',
    'priorityBy',
    'validatedBy',
    'validatedAt',
    'isRestricted',
    'publishedAt',
    'createdAt',
    'nextAction',
    'version',
    'releasedAt',
    'internalTitle',
    'affectsCustomers',
    'notPublicReason',
    'labels',
    'planned',
  ]);
  expect(PublicIncident.additionalProperties).toBe(false);
});
