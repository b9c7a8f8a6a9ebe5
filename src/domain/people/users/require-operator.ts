import type { Context } from '../../core/context.ts';
import { DomainError } from '../../core/errors.ts';

/** For acts of the machine that no role may do: the system's start and timetable, and the command line. */
export function requireOperator(context: Context): void {
  const { kind } = context.actor;
  if (kind === 'system' || kind === 'cli') return;
  if (kind === 'anonymous') throw new DomainError('unauthenticated', 'unauthenticated');
  throw new DomainError('forbidden', 'forbidden');
}
