import type { due as en } from '../en/due.ts';

export const due: typeof en = {
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
