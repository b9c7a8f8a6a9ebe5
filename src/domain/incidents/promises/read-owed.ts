import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import type { PromiseAudience } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { isOut } from '../../core/visibility.ts';
import { type EscalationProposal, escalationProposal } from '../log/escalation-proposal.ts';
import type { TeamIncident } from '../team-incident.ts';
import { dueState } from './promise-state.ts';
import { tellingUpdates } from './telling-updates.ts';

/** A promise that nobody has answered yet. */
export interface OwedPromise {
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
 * What customers were promised is read from the public updates, so that no write has to come first. Two queries.
 */
export async function readOwed(context: Context, open: readonly TeamIncident[]): Promise<Owed> {
  authorize(context, 'incidents.read');
  const { tables, read } = context.store;
  const { logEntries, promises } = tables;
  const ids = open.map(({ id }) => id);
  if (ids.length === 0) return { promises: [], proposals: new Map() };
  const toManagement = await read
    .select({ incidentId: promises.incidentId, madeAt: promises.madeAt, dueAt: promises.dueAt })
    .from(promises)
    .where(
      and(
        oneOf(promises.incidentId, ids),
        eq(promises.audience, 'management'),
        isNull(promises.answeredAt),
        isNull(promises.withdrawnAt),
      ),
    )
    .orderBy(asc(promises.dueAt), asc(promises.id));
  const escalations = await read
    .select({ incidentId: logEntries.incidentId, at: logEntries.at })
    .from(logEntries)
    .where(and(oneOf(logEntries.incidentId, ids), eq(logEntries.kind, 'escalation')))
    .orderBy(desc(logEntries.at), desc(logEntries.id));
  return owedOf(open, { toManagement, escalations }, context.now);
}

/**
 * The same of what was read already: the promises to management that nobody answered or took back, the first due first, and
 * the escalations, the newest first. Pure.
 */
export function owedOf(
  open: readonly TeamIncident[],
  known: {
    toManagement: readonly { incidentId: string; madeAt: Date; dueAt: Date }[];
    escalations: readonly { incidentId: string; at: Date }[];
  },
  now: Date,
): Owed {
  const { toManagement, escalations } = known;
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
        escalatedAt: escalations.find(({ incidentId }) => incidentId === incident.id)?.at ?? null,
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
