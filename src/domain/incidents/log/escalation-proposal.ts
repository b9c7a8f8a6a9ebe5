export const escalationReasons = ['promise_missed', 'management_due', 'no_progress'] as const;
export type EscalationReason = (typeof escalationReasons)[number];

export interface EscalationProposal {
  reason: EscalationReason;
  /** When the limit was passed. */
  since: Date;
}

/** So many times the minutes of its promise may an incident stay in one phase. */
const progressFactor = 4;

/**
 * The limit that an open incident has passed without an escalation since, the one passed first; null within all
 * limits. `phaseSince` and `promiseMinutes` are of the present phase; null minutes set no limit to it.
 */
export function escalationProposal(
  incident: {
    nextUpdateBy: Date | null;
    managementDueAt: Date | null;
    phaseSince: Date | null;
    promiseMinutes: number | null;
    escalatedAt: Date | null;
  },
  now: Date,
): EscalationProposal | null {
  const { nextUpdateBy, managementDueAt, phaseSince, promiseMinutes, escalatedAt } = incident;
  const noProgress =
    phaseSince && promiseMinutes !== null
      ? new Date(phaseSince.getTime() + progressFactor * promiseMinutes * 60_000)
      : null;
  const limits: [EscalationReason, Date | null][] = [
    ['promise_missed', nextUpdateBy],
    ['management_due', managementDueAt],
    ['no_progress', noProgress],
  ];
  const passed = limits.flatMap(([reason, since]) =>
    since && since <= now && !(escalatedAt && escalatedAt >= since) ? [{ reason, since }] : [],
  );
  return passed.sort((a, b) => a.since.getTime() - b.since.getTime())[0] ?? null;
}
