import type { Context } from '../../core/context.ts';
import { DomainError } from '../../core/errors.ts';

/** Whose account this is about. The operator of the machine has roles, but no account. */
export function ownUserId(context: Context): string {
  if (context.actor.userId) return context.actor.userId;
  throw new DomainError('forbidden', 'forbidden');
}
