/** What a reader of a report inside may do next: one act, and where the report stands on its way. */
import { type Actor, isAllowed } from '../core/authorize.ts';
import type { Obligation } from './obligations/obligation.ts';

export interface ReadReport {
  obligation: Obligation;
  ownerId: string | null;
  /** The reader wrote or submitted what stands. */
  isOwn: boolean;
  /** The post-mortem meeting of the newest version was not held yet. */
  isMeetingOwed?: boolean;
}

const nextActs = ['decide', 'write', 'submit', 'review', 'publish', 'meet', 'nothing'] as const;
export type NextAct = (typeof nextActs)[number];

/** What to do next, and whether this reader is who does it. */
export function nextActOf(
  { obligation, ownerId, isOwn, isMeetingOwed = false }: ReadReport,
  reader: Actor,
): { act: NextAct; isMine: boolean } {
  const { isDecisionFirst, why, state, step } = obligation;
  const mayDecide = isAllowed(reader, 'reports.decide');
  // A P1 owes its report as long as no manager says no: who may say so is asked, everybody else may write.
  if (isDecisionFirst && (state === null || mayDecide)) return { act: 'decide', isMine: mayDecide };
  if (why === 'waived' || state === null) return { act: 'nothing', isMine: false };
  const mayApprove = isAllowed(reader, 'reports.approve');
  const isNamed = reader.userId !== null && ownerId === reader.userId;
  // Who wrote or submitted it does not approve it, so it is no task of who may approve, unless it is theirs already.
  const isWriter = isAllowed(reader, 'reports.write') && (!mayApprove || isOwn || isNamed);
  switch (step) {
    case 'write':
    case 'submit':
      return { act: step, isMine: isWriter };
    case 'review':
      return { act: step, isMine: mayApprove && !isOwn };
    case 'publish':
      return { act: step, isMine: isAllowed(reader, 'reports.publish') };
    case null:
      return isMeetingOwed
        ? { act: 'meet', isMine: isAllowed(reader, 'meetings.lead') }
        : { act: 'nothing', isMine: false };
  }
}
