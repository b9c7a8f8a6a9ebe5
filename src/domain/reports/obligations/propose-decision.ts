import { newId } from '../../../../db/ids.ts';
import type { Transaction } from '../../../../db/store.ts';
import { actOn, type Given } from '../../core/act.ts';
import type { AuditAction } from '../../core/audit/action.ts';
import { DomainError, invalid } from '../../core/errors.ts';
import { isPublished, isUnreleased } from '../../core/visibility.ts';
import { isUrgent, needsTwoPeople } from '../../incidents/priority-rules.ts';
import { tellOfProposal } from '../due/tell-of-decision.ts';
import { type FoundReport, findReport, restrictedTo } from '../find-report.ts';
import { proposeNotReleasedInput, proposeReclassificationInput } from '../report-input.ts';
import { withdrawProposals } from './withdraw-proposals.ts';

/** An SRE or manager proposes that a P0 or P1 was set in error, with evidence; a manager as second person agrees. */
export const proposeReclassification = actOn({
  permission: 'incidents.propose-reclassification',
  input: proposeReclassificationInput,
  audits: ['report.reclassification-proposed'],
  async work(given, id, { priority, evidence }): Promise<{ id: string }> {
    const found = await findReport(given.tx, given.context, id);
    const { incident, report } = found;
    if (!isUrgent(incident.priority)) throw new DomainError('conflict', 'report_not_owed');
    // Going up needs nobody else: that is classified.
    if (!needsTwoPeople(incident, priority)) throw invalid('priority', 'priority_not_lower');
    // What was told to readers as the report of this priority stays.
    if (isPublished(report)) throw new DomainError('conflict', 'report_published');
    const proposal = { kind: 'reclassify', priority, reviewOn: null, reason: evidence.trim() } as const;
    return propose(given, found, proposal, 'report.reclassification-proposed');
  },
});

/** Security proposes that the report of a restricted incident is not released, with a day to look again. */
export const proposeNotReleased = actOn({
  permission: 'reports.propose-not-released',
  input: proposeNotReleasedInput,
  audits: ['report.not-released-proposed'],
  async work(given, id, { reason, reviewOn }): Promise<{ id: string }> {
    const found = await findReport(given.tx, given.context, id);
    const { incident, report } = found;
    if (!isUnreleased(incident, given.context.now))
      throw new DomainError('conflict', 'report_public_incident');
    if (isPublished(report)) throw new DomainError('conflict', 'report_published');
    const proposal = { kind: 'not_release', priority: null, reviewOn, reason: reason.trim() } as const;
    return propose(given, found, proposal, 'report.not-released-proposed');
  },
});

type Proposal = Pick<
  Transaction['tables']['jointDecisions']['$inferInsert'],
  'kind' | 'priority' | 'reviewOn' | 'reason'
>;

async function propose<Audits extends AuditAction>(
  { tx, context, audit }: Given<Audits>,
  found: FoundReport,
  proposal: Proposal,
  action: Audits,
): Promise<{ id: string }> {
  const { jointDecisions } = tx.tables;
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
  await audit({
    action,
    subjectType: 'incident',
    subjectId: found.incident.id,
    after: { decision: decision.id, priority: proposal.priority, reviewOn: proposal.reviewOn },
    reason: proposal.reason,
    restrictedTo: restrictedTo(found),
  });
  await tellOfProposal(tx, context, decision.id);
  return { id: decision.id };
}
