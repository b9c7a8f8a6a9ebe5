import { type Role, roles } from '../../../db/words.ts';
import { DomainError } from './errors.ts';
import { type Action, permissions } from './permissions.ts';

/** Who acts. `userId` is null for the world, the command line and the system. */
export interface Actor {
  kind: 'anonymous' | 'user' | 'token' | 'system' | 'cli' | 'import';
  userId: string | null;
  /** Of a token or session, so that limits and idempotency are per credential. */
  credentialId: string | null;
  name: string;
  roles: ReadonlySet<Role>;
}

export const anonymous: Actor = {
  kind: 'anonymous',
  userId: null,
  credentialId: null,
  name: '',
  roles: new Set(),
};

/** The operator of the machine: may do all that roles may, but sees nothing restricted by it. */
export const operator = (kind: 'cli' | 'system' | 'import'): Actor => ({
  kind,
  userId: null,
  credentialId: null,
  name: kind,
  roles: new Set(roles.filter((role) => role !== 'security')),
});

/** True when one of the roles is in the table's line for `action`; an unknown action is refused. */
export function rolesAllow(roles: Iterable<string>, action: Action): boolean {
  const allowed: readonly string[] = Object.hasOwn(permissions, action) ? permissions[action] : [];
  return [...roles].some((role) => allowed.includes(role));
}

/** The same of somebody who acts. */
export const isAllowed = ({ roles }: Pick<Actor, 'roles'>, action: Action): boolean =>
  rolesAllow(roles, action);

/** The first line of every verb. */
export function authorize(context: { actor: Actor }, action: Action): void {
  if (isAllowed(context.actor, action)) return;
  if (context.actor.kind === 'anonymous') throw new DomainError('unauthenticated', 'unauthenticated');
  throw new DomainError('forbidden', 'forbidden');
}
