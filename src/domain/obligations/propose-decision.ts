import { newId } from '../../../db/ids.ts';
import type { Transaction } from '../../../db/store.ts';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { DomainError, invalid } from '../core/errors.ts';
import { parse } from '../core/parse.ts';
import { isPublished, isUnreleased } from '../core/visibility.ts';
import { tellOfProposal } from '../due/tell-of-decision.ts';
import { isUrgent, needsTwoPeople } from '../incidents/priority-rules.ts';
import { type FoundReport, findReport, restrictedTo } from '../reports/find-report.ts';
import { proposeNotReleasedInput, proposeReclassificationInput } from '../reports/report-input.ts';
import { withdrawProposals } from './withdraw-proposals.ts';

/** An SRE or manager proposes that a P0 or P1 was set in error, with evidence; a manager as second person agrees. */
export async function proposeReclassification(
  context: Context,
  id: string,
  input: unknown,
): Promise<{ id: string }> {
  authorize(context, 'incidents.propose-reclassification');
  const { priority, evidence } = parse(proposeReclassificationInput, input);
  return propose(context, id, ({ incident, report }) => {
    if (!isUrgent(incident.priority)) throw new DomainError('conflict', 'report_not_owed');
    // Going up needs nobody else: that is classified.
    if (!needsTwoPeople(incident, priority)) throw invalid('priority', 'priority_not_lower');
    // What was told to readers as the report of this priority stays.
    if (isPublished(report)) throw new DomainError('conflict', 'report_published');
    return { kind: 'reclassify', priority, reviewOn: null, reason: evidence.trim() };
  });
}

/** Security proposes that the report of a restricted incident is not released, with a day to look again. */
export async function proposeNotReleased(
  context: Context,
  id: string,
  input: unknown,
): Promise<{ id: string }> {
  authorize(context, 'reports.propose-not-released');
  const { reason, reviewOn } = parse(proposeNotReleasedInput, input);
  return propose(context, id, ({ incident, report }) => {
    if (!isUnreleased(incident, context.now)) throw new DomainError('conflict', 'report_public_incident');
    if (isPublished(report)) throw new DomainError('conflict', 'report_published');
    return { kind: 'not_release', priority: null, reviewOn, reason: reason.trim() };
  });
}

type Proposal = Pick<
  Transaction['tables']['jointDecisions']['$inferInsert'],
  'kind' | 'priority' | 'reviewOn' | 'reason'
>;

function propose(
  context: Context,
  id: string,
  make: (found: FoundReport) => Proposal,
): Promise<{ id: string }> {
  return context.store.transaction(async (tx) => {
    const found = await findReport(tx, context, id);
    const { jointDecisions } = tx.tables;
    const proposal = make(found);
    const proposedBy = context.actor.userId;
    if (proposedBy === null) throw new DomainError('forbidden', 'forbidden');
    // A new proposal replaces an open one of its kind.
    await withdrawProposals(tx, context, found.incident.id, proposal.kind);
    const decision = {
      id: newId(),
      incidentId: found.incident.id,
      proposedBy,
      proposedAt: context.now,
      ...proposal,
    };
    await tx.db.insert(jointDecisions).values(decision);
    await appendAudit(tx, context, {
      action: `report.${proposal.kind === 'reclassify' ? 'reclassification' : 'not-released'}-proposed`,
      subjectType: 'incident',
      subjectId: found.incident.id,
      after: { decision: decision.id, priority: proposal.priority, reviewOn: proposal.reviewOn },
      reason: proposal.reason,
      restrictedTo: restrictedTo(found),
    });
    await tellOfProposal(tx, context, decision.id);
    return { id: decision.id };
  });
}
