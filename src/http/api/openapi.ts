/** OpenAPI 3.1, made from the table of operations and the same schemas that check and type the requests and answers. */
import { z } from 'zod';
import { describeOperation, type Json, tagOf } from './describe-operation.ts';
import { type Operation, operation } from './operation.ts';

/** `GET /openapi.json`. It takes the table as a function, because it stands in it. */
export const describingOperation = (table: () => readonly Operation[]): Operation => {
  const answer = z.looseObject({ openapi: z.string() });
  const describe = (publicUrl: string) => openApi(table(), publicUrl);
  return operation('GET', '/openapi.json', {
    id: 'describe',
    summary: 'This description.',
    answer,
    publicRead: {
      answer,
      run: async ({ publicUrl }) => ({ body: describe(publicUrl), tags: [], validUntil: null }),
    },
    run: async ({ publicUrl }) => ({ body: describe(publicUrl) }),
  });
};

function openApi(operations: readonly Operation[], publicUrl: string) {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  for (const each of operations) {
    const methods = paths[each.path] ?? {};
    paths[each.path] = methods;
    methods[each.method.toLowerCase()] = describeOperation(each, schemas);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Klartext',
      version: '1',
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        'Everything a screen can do. What needs no token answers the world with public facts only, from every origin; with a token it answers what its user may see.',
    },
    servers: [{ url: `${publicUrl}/api/v1` }],
    tags: [...new Set(operations.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token begins with klx_.' },
      },
    },
  };
}
