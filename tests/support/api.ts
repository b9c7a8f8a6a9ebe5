/** Calls to the JSON API of a test server, each answer checked against the schema that the table of operations gives. */

import { deepStrictEqual } from 'node:assert/strict';
import { z } from 'zod';
import type { Operation } from '../../src/http/api/operation.ts';
import { operations } from '../../src/http/api/operations.ts';
import type { TestServer } from './server.ts';

// Whatever JSON came back; a test looks only at what it names, and the schemas check the rest.
// biome-ignore lint/suspicious/noExplicitAny: see above.
export type Json = any;

interface ApiAnswer {
  status: number;
  headers: Headers;
  body: Json;
}

interface Call {
  id?: string;
  query?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Api {
  /** A request as it is: a string or bytes are sent unchanged, anything else as JSON. */
  send: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<ApiAnswer>;
  /** An operation that must succeed, with an answer that fits its schema. */
  call: (operationId: string, call?: Call) => Promise<Json>;
  /** The operations that `call` was asked for. */
  called: Set<string>;
}

/** The API as who holds `token` sees it; without one as the world does. */
export function apiOf(server: TestServer, token?: string): Api {
  const called = new Set<string>();
  const send: Api['send'] = async (method, path, body, headers = {}) => {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    const answer = await server.fetch(`/api/v1${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: isRaw ? new Uint8Array(Buffer.from(body)) : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
  };
  return {
    send,
    called,
    async call(operationId, { id = '', query = '', body, headers } = {}) {
      called.add(operationId);
      const operation = operationOf(operationId);
      const answer = await send(operation.method, operation.path.replace('{id}', id) + query, body, headers);
      if (answer.status !== operation.status)
        throw new Error(`${operationId}: ${answer.status} ${JSON.stringify(answer.body)}`);
      const schema = token ? operation.answer : operation.publicRead?.answer;
      // Read and written again it must be the same: a field that the schema does not name would be missing.
      if (schema) deepStrictEqual(z.encode(schema, z.decode(schema, answer.body)), answer.body);
      return answer.body;
    },
  };
}

function operationOf(id: string): Operation {
  const found = operations.find((operation) => operation.id === id);
  if (!found) throw new Error(`There is no operation ${id}.`);
  return found;
}

/** Rows per table, to show that nothing was written. The timetable's own rows come and go. */
export async function rowCounts({ app }: TestServer): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [name, table] of Object.entries(app.store.tables)) {
    if (name !== 'jobs') counts[name] = await app.store.read.$count(table);
  }
  return counts;
}
