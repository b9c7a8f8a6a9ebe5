const hour = 3_600_000;

/** A session ends after this long without a request … */
export const idleMs = 12 * hour;
/** … and after this long in any case. */
export const absoluteMs = 7 * 24 * hour;

export function isExpired(session: { lastSeenAt: Date; expiresAt: Date }, now: Date): boolean {
  return session.expiresAt <= now || session.lastSeenAt.getTime() + idleMs <= now.getTime();
}
