import { addToken } from '../domain/tokens/add-token.ts';
import { revokeToken } from '../domain/tokens/revoke-token.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { formAction } from './form-action.ts';
import { withUnticked } from './unticked.ts';

const add = formAction(async ({ context, input }) => {
  const { token } = await addToken(context, withUnticked(input));
  const told = { kind: 'token', secret: token, about: String(input.name ?? '') } as const;
  return { told, onRepeat: withDone(adminPaths.account, 'tokenShown') };
});

const revoke = formAction(async ({ context, input: { token } }) => {
  await revokeToken(context, String(token ?? ''));
  return withDone(adminPaths.account, 'revoked');
});

export const tokens = { add, revoke };
