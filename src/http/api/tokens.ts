import { z } from 'zod';
import { roles } from '../../../db/words.ts';
import { addToken } from '../../domain/people/tokens/add-token.ts';
import { listOwnTokens, listUserTokens } from '../../domain/people/tokens/list-tokens.ts';
import { revokeToken } from '../../domain/people/tokens/revoke-token.ts';
import { change, type Operation, operation, silentChange } from './operation.ts';
import { id, moment } from './values.ts';

const token = z
  .object({
    id,
    name: z.string(),
    roles: z.array(z.enum(roles)),
    createdAt: moment,
    lastUsedAt: moment.nullable(),
    isUndecided: z
      .boolean()
      .describe('It is older than the password, and nobody has said yet that it stays.'),
  })
  .meta({ id: 'Token' });

const secret = z
  .string()
  .nullable()
  .describe('The token itself, told only here; null when the request is repeated.');

export const tokenOperations: Operation[] = [
  operation('GET', '/tokens', {
    id: 'listTokens',
    summary: 'One’s own tokens that are not revoked.',
    answer: z.object({ tokens: z.array(token) }),
    run: async (context) => ({ body: { tokens: await listOwnTokens(context) } }),
  }),
  change('POST', '/tokens', {
    id: 'addToken',
    summary: 'Makes a token for this API with some of one’s own roles.',
    act: addToken,
    answer: z.object({ token, secret }),
    status: 201,
    show: ({ now }, { token: told, ...made }) => ({
      body: { token: { ...made, createdAt: now, lastUsedAt: null, isUndecided: false }, secret: null },
      once: { secret: told },
    }),
  }),
  operation('GET', '/users/{id}/tokens', {
    id: 'listUserTokens',
    summary: 'The tokens of a user that are not revoked.',
    answer: z.object({ tokens: z.array(token) }),
    run: async (context, params) => ({
      body: { tokens: await listUserTokens(context, params.id) },
    }),
  }),
  silentChange('DELETE', '/tokens/{id}', {
    id: 'revokeToken',
    summary: 'Revokes a token.',
    act: revokeToken,
  }),
];
