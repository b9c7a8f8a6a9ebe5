import type { Actor } from '../../core/authorize.ts';
import { DomainError } from '../../core/errors.ts';

/** Shipped words come from the product's own files, so no person and no token loads them. */
export function machineOnly({ actor }: { actor: Actor }): void {
  if (actor.kind !== 'cli' && actor.kind !== 'system') throw new DomainError('forbidden', 'forbidden');
}
