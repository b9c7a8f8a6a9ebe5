import type { RemediationState } from '../../../../db/words.ts';

/**
 * All acts that the audit keeps, in the past, by the noun that they are done to. Entries stay for good, so an act stays here
 * and keeps its words when nothing writes it any more.
 */
interface Acts {
  incident:
    | 'opened'
    | 'recorded'
    | 'classified'
    | 'priority-validated'
    | 'impact-raised'
    | 'customer-impact-set'
    | 'labelled'
    | 'logged'
    | 'management-briefed'
    | 'escalated'
    | 'next-action-set'
    | 'kept-unpublished'
    | 'reason-revoked'
    | 'restricted'
    | 'readers-named'
    | 'handed-over'
    | 'released'
    | 'milestones-recorded'
    | 'closed'
    | 'closing-taken-back';
  update: 'posted' | 'undone' | 'published' | 'corrected' | 'translated' | 'reviewed' | 'withdrawn';
  maintenance: 'planned' | 'automatic-on' | 'automatic-off' | 'started-itself' | 'completed-itself';
  report:
    | 'owed'
    | 'decision-asked'
    | 'decided'
    | 'saved'
    | 'header-changed'
    | 'classified'
    | 'submitted'
    | 'ticked'
    | 'changes-requested'
    | 'approved'
    | 'review-voided'
    | 'published'
    | 'commented'
    | 'comment-settled'
    | 'shared'
    | 'link-revoked'
    | 'analysis-requested'
    | 'analysis-changed'
    | 'reclassification-proposed'
    | 'not-released-proposed'
    | 'obligation-closed'
    | 'proposal-refused';
  problem: 'opened' | 'changed' | 'incident-linked' | 'incident-parted' | 'closed';
  remediation: 'added' | 'changed' | 'moved' | RemediationState | 'effectiveness-noted';
  meeting: 'planned' | 'held';
  category: 'added' | 'changed' | 'moved' | 'archived' | 'restored';
  component: 'added' | 'changed' | 'moved' | 'archived' | 'restored';
  group: 'added' | 'changed' | 'archived' | 'restored';
  template: 'added' | 'changed' | 'approved' | 'expired';
  phrases: 'added';
  policy: 'approved';
  shift: 'added' | 'changed' | 'removed';
  'hand-over': 'offered' | 'accepted';
  user: 'added' | 'changed' | 'disabled' | 'enabled' | 'password-set' | 'password-changed' | 'sessions-ended';
  session: 'started' | 'ended' | 'refused';
  token: 'added' | 'kept' | 'revoked';
  settings: 'changed';
  setup: 'link-made';
  import: 'statuspage';
  audit: 'key-changed';
}

/** `noun.verb`, in the words of the domain: `incident.opened`. */
export type AuditAction = { [Noun in keyof Acts]: `${Noun}.${Acts[Noun]}` }[keyof Acts];

/** What an entry is about; what is done to an update, or to the plan of a maintenance, is about its incident. */
export type AuditSubject = Exclude<keyof Acts, 'update' | 'maintenance'>;
