import { idPattern } from '../../db/ids.ts';
import { addToken } from '../domain/people/tokens/add-token.ts';
import { keepToken } from '../domain/people/tokens/keep-token.ts';
import { revokeToken } from '../domain/people/tokens/revoke-token.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { formAction } from './form-action.ts';
import { withUnticked } from './unticked.ts';

const add = formAction(async ({ context, input }) => {
  const { token } = await addToken(context, withUnticked(input));
  const told = { kind: 'token', secret: token, about: String(input.name ?? '') } as const;
  return { told, onRepeat: withDone(adminPaths.account, 'tokenShown') };
});

/** The page that the form came from: one's own, or that of somebody else. */
const backTo = (user: unknown): string =>
  typeof user === 'string' && idPattern.test(user) ? adminPaths.user(user) : adminPaths.account;

const keep = formAction(async ({ context, input: { token, user } }) => {
  await keepToken(context, String(token ?? ''));
  return withDone(backTo(user), 'kept');
});

const revoke = formAction(async ({ context, input: { token, user } }) => {
  await revokeToken(context, String(token ?? ''));
  return withDone(backTo(user), 'revoked');
});

export const tokens = { add, keep, revoke };
