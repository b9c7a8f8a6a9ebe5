import { and, eq, isNull, type SQL } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import type { Tables } from '../../../../db/schema.ts';
import type { PromiseAudience } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { isOut } from '../../core/visibility.ts';
import { type EscalationProposal, escalationProposal } from '../log/escalation-proposal.ts';
import type { TeamIncident } from '../team-incident.ts';
import { findPromises } from './find-promises.ts';
import type { TeamPromise } from './list-promises.ts';
import { dueState } from './promise-state.ts';
import { tellingUpdates } from './telling-updates.ts';

/** A promise that nobody has answered yet. */
interface OwedPromise {
  incident: TeamIncident;
  audience: PromiseAudience;
  madeAt: Date;
  dueAt: Date;
  state: 'open' | 'due_soon' | 'overdue';
}

export interface Owed {
  /** The most urgent first. */
  promises: OwedPromise[];
  /** By incident: what speaks for an escalation. */
  proposals: Map<string, EscalationProposal>;
}

/**
 * What is owed on these open incidents, which the actor was shown already, and which of them passed a limit (R-063,
 * What customers were promised is read from the public updates, so that no write has to come first. One query.
 */
export async function readOwed(context: Context, open: readonly TeamIncident[]): Promise<Owed> {
  authorize(context, 'incidents.read');
  const found = await findPromises(context, [areOwedToManagement(context.store.tables, open)]);
  return owedOf(
    open,
    found.map(({ promise }) => promise),
    context.now,
  );
}

/** Promises to management on these incidents that nobody answered or took back. */
export const areOwedToManagement = (
  { promises }: Tables,
  incidents: readonly { id: string }[],
): SQL | undefined =>
  and(
    oneOf(
      promises.incidentId,
      incidents.map(({ id }) => id),
    ),
    eq(promises.audience, 'management'),
    isNull(promises.answeredAt),
    isNull(promises.withdrawnAt),
  );

/** The same of promises that were read already, the first due first, with others among them. Pure. */
export function owedOf(
  open: readonly TeamIncident[],
  promises: readonly Omit<TeamPromise, 'state' | 'lateBy'>[],
  now: Date,
): Owed {
  const toManagement = promises.filter(
    ({ audience, answeredAt, withdrawnAt }) => audience === 'management' && !answeredAt && !withdrawnAt,
  );
  const owed: OwedPromise[] = [];
  const proposals = new Map<string, EscalationProposal>();
  for (const incident of open) {
    const told = tellingUpdates(incident.updates.filter((update) => isOut(update, now)));
    const latest = told.at(-1)?.update ?? null;
    const management = toManagement.find(({ incidentId }) => incidentId === incident.id);
    const add = (audience: PromiseAudience, madeAt: Date, dueAt: Date): void => {
      owed.push({ incident, audience, madeAt, dueAt, state: dueState({ madeAt, dueAt }, now) });
    };
    if (latest?.nextUpdateBy) add('customers', latest.publishedAt, latest.nextUpdateBy);
    if (management) add('management', management.madeAt, management.dueAt);
    const phaseSince = told.findLast(({ update, before }) => update.phase !== before)?.update.publishedAt;
    const proposal = escalationProposal(
      {
        nextUpdateBy: latest?.nextUpdateBy ?? null,
        managementDueAt: management?.dueAt ?? null,
        phaseSince: phaseSince ?? null,
        // A maintenance runs as long as it was planned to.
        promiseMinutes: incident.kind === 'incident' ? (latest?.promiseMinutes ?? null) : null,
        escalatedAt: incident.escalatedAt,
      },
      now,
    );
    if (proposal) proposals.set(incident.id, proposal);
  }
  const rank = { overdue: 0, due_soon: 1, open: 2 } as const;
  return {
    promises: owed.sort(
      (a, b) =>
        rank[a.state] - rank[b.state] ||
        a.dueAt.getTime() - b.dueAt.getTime() ||
        (a.incident.id < b.incident.id ? -1 : 1),
    ),
    proposals,
  };
}
