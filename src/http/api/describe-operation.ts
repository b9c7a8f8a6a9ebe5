import { z } from 'zod';
import { errorCodes } from '../../domain/core/errors.ts';
import type { Operation } from './operation.ts';
import { id } from './values.ts';

export type Json = Record<string, unknown>;

const errorShape = z
  .strictObject({
    error: z.strictObject({
      code: z.enum(errorCodes),
      message: z.string(),
      fields: z.array(
        z.strictObject({ path: z.string().describe('Dotted, as in the request.'), message: z.string() }),
      ),
      details: z
        .record(z.string(), z.unknown())
        .optional()
        .describe('Of a conflict: the present version and both texts.'),
    }),
  })
  .meta({ id: 'Error' });

/** The noun that an operation belongs to. */
export const tagOf = ({ path }: Operation): string => path.split('/')[1]?.replace('.json', '') ?? '';

/** One operation in the words of OpenAPI; what has a name of its own goes to `schemas`. */
export function describeOperation(each: Operation, schemas: Json): Json {
  const body = each.method === 'GET' ? null : each.input;
  const answers = [each.answer, each.publicRead?.answer].filter(
    (schema) => schema !== null && schema !== undefined,
  );
  const unique = [...new Set(answers)].map((schema) => toSchema(schema, schemas));
  const [only] = unique;
  return {
    operationId: each.id,
    summary: each.summary,
    tags: [tagOf(each)],
    security: [...(each.publicRead ? [{}] : []), { token: [] }],
    parameters: parametersOf(each, schemas),
    ...(body
      ? {
          requestBody: {
            required: !body.safeParse({}).success,
            content: asJson(toSchema(body, schemas)),
          },
        }
      : {}),
    responses: {
      [each.status]: {
        description:
          each.status === 204
            ? 'Done.'
            : each.publicRead
              ? 'What a token or, without one, the world may see.'
              : 'Done.',
        ...(only ? { content: asJson(unique.length === 1 ? only : { anyOf: unique }) } : {}),
      },
      default: {
        description: 'Refused; nothing was changed.',
        content: asJson(toSchema(errorShape, schemas)),
      },
    },
  };
}

const asJson = (schema: Json): Json => ({ 'application/json': { schema } });

const before = 'The `next` of an answer: the entries that follow.';

function parametersOf(each: Operation, schemas: Json): Json[] {
  const parameters: Json[] = [];
  if (each.path.includes('{id}')) {
    parameters.push({ name: 'id', in: 'path', required: true, schema: toSchema(id, schemas) });
  }
  for (const [name, schema] of Object.entries(each.method === 'GET' ? (each.input?.shape ?? {}) : {})) {
    const isForAll = name === 'before' && each.publicRead?.goesOn;
    const description = isForAll ? before : 'With a token only.';
    parameters.push({
      name,
      in: 'query',
      required: false,
      description,
      schema: toSchema(schema, schemas),
    });
  }
  if (each.publicRead?.goesOn && !parameters.some(({ name }) => name === 'before')) {
    const schema = toSchema(id, schemas);
    const description = `Without a token only. ${before}`;
    parameters.push({ name: 'before', in: 'query', required: false, description, schema });
  }
  if (each.method === 'POST') {
    const description =
      'Sent again with the same key within 24 hours, the request acts once and gets the first answer.';
    const schema = { type: 'string', pattern: '^[\\x21-\\x7e]{1,200}$' };
    parameters.push({ name: 'Idempotency-Key', in: 'header', required: false, description, schema });
  }
  if (each.input && 'version' in each.input.shape) {
    const description =
      'The version that the author saw, such as "3"; on another one nothing is changed (409).';
    parameters.push({
      name: 'If-Match',
      in: 'header',
      required: false,
      description,
      schema: { type: 'string' },
    });
  }
  return parameters;
}

/** The JSON Schema of what travels; what has an id goes to `schemas` and is referred to. */
function toSchema(schema: z.core.$ZodType, schemas: Json): Json {
  const made = JSON.stringify(z.toJSONSchema(schema, { io: 'input', override: close })).replaceAll(
    '"#/$defs/',
    '"#/components/schemas/',
  );
  const { $schema: _dialect, $defs = {}, ...root }: Json & { $defs?: Json } = JSON.parse(made);
  Object.assign(schemas, $defs);
  return root;
}

/** An answer holds what its schema names and nothing else, although its schema takes whole rows. */
function close({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: z.core.JSONSchema.BaseSchema;
}): void {
  const { def } = zodSchema._zod;
  if (def.type !== 'object' || def.catchall || jsonSchema.$ref) return;
  const { description } = jsonSchema;
  delete jsonSchema.description;
  jsonSchema.additionalProperties = false;
  if (description !== undefined) jsonSchema.description = description;
}
