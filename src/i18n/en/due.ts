/** Words of what somebody owes or may do now;. */
import type { DueKind } from '../../domain/reports/due/due-item.ts';

export const due = {
  due: 'Reports and actions for you',
  kind: {
    report_due: 'Write the report',
    decision_waiting: 'Decide on the report',
    validation_waiting: 'Validate the priority',
    review_waiting: 'Review the report',
    changes_requested: 'Changes requested in the report',
    report_approved: 'Publish the report',
    remediation_due: 'Action',
    effectiveness_due: 'Say whether the action helped',
    meeting_due: 'Post-mortem meeting',
    release_review: 'Look again: report not released',
  } satisfies Record<DueKind, string>,
  by: (day: string) => `by ${day}`,
  overdueSince: (day: string) => `overdue since ${day}`,
  atOnce: 'at once',
  own: 'yours',
  untitled: 'Without a title',
};
