import { DomainError } from './errors.ts';

/**
 * The one optimistic lock: refuses a change that was made on another version than the one that stands, with what stands and
 * what was wanted, so that nothing typed is lost. Whoever names no version overwrites knowingly. A form carries the version it
 * saw in a hidden field, and keeps it until a conflict was shown.
 */
export function refuseStale(
  given: number | undefined,
  standing: { version: number },
  theirs?: unknown,
  yours?: unknown,
): void {
  if (given === undefined || given === standing.version) return;
  throw new DomainError('conflict', 'conflict_version', {
    details: { version: standing.version, theirs, yours },
  });
}
