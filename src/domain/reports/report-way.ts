/** The way of a report: owed → draft → in review → approved → published, and back to draft by any edit. */
import type { ReportState } from '../../../db/words.ts';

export const reportActs = ['edit', 'submit', 'request_changes', 'approve', 'publish'] as const;
export type ReportAct = (typeof reportActs)[number];

const ways: Record<ReportAct, Partial<Record<ReportState, ReportState>>> = {
  // An edit voids a review and an approval; a published report gets its next version.
  edit: { owed: 'draft', draft: 'draft', in_review: 'draft', approved: 'draft', published: 'draft' },
  submit: { draft: 'in_review' },
  request_changes: { in_review: 'draft' },
  approve: { in_review: 'approved' },
  publish: { approved: 'published' },
};

/** The state that an act leads to; null where it is not allowed. */
export const stateAfter = (state: ReportState, act: ReportAct): ReportState | null =>
  ways[act][state] ?? null;
