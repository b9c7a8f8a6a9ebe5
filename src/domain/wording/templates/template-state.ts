/**
 * How it stands with the text of one cell in one language. In force is what customer support publishes unasked:
 * `approved`, `stale` (approved, but another language has moved on: `behind.ts`) and `draft` (approved, with a newer version that waits).
 */
export const templateStates = [
  'approved',
  'draft',
  'stale',
  'not_approved',
  'expired',
  'inherited',
  'missing',
] as const;
export type TemplateState = (typeof templateStates)[number];

/** What of a version decides. */
export interface VersionFacts {
  version: number;
  /** The version of the first other language that it says the same as. */
  sourceVersion: number | null;
  approvedAt: Date | null;
  validUntil: Date | null;
}

export const isExpired = ({ validUntil }: Pick<VersionFacts, 'validUntil'>, now: Date): boolean =>
  validUntil !== null && validUntil <= now;

/** The newest approved version that has not expired; `versions` newest first. */
export const inForce = <V extends VersionFacts>(versions: readonly V[], now: Date): V | undefined =>
  versions.find((version) => version.approvedAt !== null && !isExpired(version, now));

/** The state of a cell in one language; versions newest first, `base` those of the base cell (none for the base itself). */
export function templateState(
  versions: readonly VersionFacts[],
  isBehind: boolean,
  base: readonly VersionFacts[],
  now: Date,
): TemplateState {
  const [newest] = versions;
  if (!newest) return base.length > 0 ? 'inherited' : 'missing';
  if (newest.approvedAt !== null && isExpired(newest, now)) return 'expired';
  if (!inForce(versions, now)) {
    return versions.some(({ approvedAt }) => approvedAt !== null) ? 'expired' : 'not_approved';
  }
  if (newest.approvedAt === null) return 'draft';
  return isBehind ? 'stale' : 'approved';
}
