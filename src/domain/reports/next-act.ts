/** What a reader of a report inside may do next: one act, and where the report stands on its way (issue 4, "who"). */
import type { ReportState } from '../../../db/words.ts';

export interface ReportFacts {
  state: ReportState | null;
  /** Null while nobody decided whether there will be one (P1); it is owed until then. */
  isRequired: boolean | null;
  isClosed: boolean;
  /** A version is out, whatever is being written. */
  isPublished: boolean;
  /** The reader wrote or submitted what stands. */
  isOwn: boolean;
  /** The reader is named as its owner or author. */
  isNamed: boolean;
  /** The post-mortem meeting of the newest version was not held yet. */
  isMeetingOwed: boolean;
  may: Record<'write' | 'decide' | 'approve' | 'publish' | 'lead', boolean>;
}

export const nextActs = ['decide', 'write', 'submit', 'review', 'publish', 'meet', 'nothing'] as const;
export type NextAct = (typeof nextActs)[number];

/** What to do next, and whether this reader is who does it. */
export function nextActOf(facts: ReportFacts): { act: NextAct; isMine: boolean } {
  const { state, may } = facts;
  if (facts.isClosed) return { act: 'nothing', isMine: false };
  // A P1 owes its report as long as no manager says no: who may say so is asked, everybody else may write.
  const isBefore = state === null || state === 'owed' || state === 'draft';
  if (facts.isRequired === null && isBefore && (state === null || may.decide))
    return { act: 'decide', isMine: may.decide };
  if (facts.isRequired === false || state === null) return { act: 'nothing', isMine: false };
  // Who wrote or submitted it does not approve it, so it is no task of who may approve, unless it is theirs already.
  const isWriter = may.write && (!may.approve || facts.isOwn || facts.isNamed);
  switch (state) {
    case 'owed':
      return { act: 'write', isMine: isWriter };
    case 'draft':
      return { act: 'submit', isMine: isWriter };
    case 'in_review':
      return { act: 'review', isMine: may.approve && !facts.isOwn };
    case 'approved':
      return { act: 'publish', isMine: may.publish };
    default:
      return facts.isMeetingOwed ? { act: 'meet', isMine: may.lead } : { act: 'nothing', isMine: false };
  }
}
