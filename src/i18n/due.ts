/** Words of what somebody owes or may do now; written by hand in both languages. */
import type { Language } from '../../db/words.ts';
import type { DueKind } from '../domain/reports/due/due-item.ts';

const en = {
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
export type DueWords = typeof en;

const de: DueWords = {
  due: 'Berichte und Maßnahmen für Sie',
  kind: {
    report_due: 'Bericht schreiben',
    decision_waiting: 'Über den Bericht entscheiden',
    validation_waiting: 'Priorität bestätigen',
    review_waiting: 'Bericht prüfen',
    changes_requested: 'Änderungen am Bericht erbeten',
    report_approved: 'Bericht veröffentlichen',
    remediation_due: 'Maßnahme',
    effectiveness_due: 'Sagen, ob die Maßnahme geholfen hat',
    meeting_due: 'Nachbesprechung',
    release_review: 'Wiedervorlage: Bericht nicht freigegeben',
  },
  by: (day) => `bis ${day}`,
  overdueSince: (day) => `überfällig seit ${day}`,
  atOnce: 'sofort',
  own: 'Ihre Aufgabe',
  untitled: 'Ohne Titel',
};

export const dueWords: Record<Language, DueWords> = { en, de };
