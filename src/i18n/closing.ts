/** Words on what an incident still owes, and on closing it inside; written by hand in both languages. */
import type { IncidentOutcome, Language } from '../../db/words.ts';
import type { ClosingObstacle } from '../domain/closing/closing-rules.ts';

const en = {
  reportAndProblem: 'Report and problem',
  report: 'Report',
  problem: 'Problem',
  noReport: 'No report is owed.',
  noProblem: 'No problem is linked.',
  dueBy: (day: string) => `due by ${day}`,
  overdueSince: (day: string) => `overdue since ${day}`,
  dueLater: 'due once the incident is resolved',
  waived: 'decided: no report',
  ended: 'two people agreed: no report is owed',
  notReleased: (day: string) => `not released, looked at again on ${day}`,
  undecided: 'undecided: it is owed unless a manager says no',
  decideBy: (day: string) => `a manager decides by ${day}`,
  decideLate: (day: string) => `decision overdue since ${day}`,
  proposalWaits: 'A proposal waits for a second person.',
  askReport: 'Ask for a report',
  askReportHint: 'A P2 or P3 owes no report. A manager may ask for one, with a reason.',
  askReportReason: 'Reason for the report',
  decide: 'Decide',
  toReport: 'To the report',
  untitledProblem: 'Without a title',
  closed: 'closed',
  closing: 'Closing',
  missing: 'It can be closed as soon as:',
  obstacle: {
    not_resolved: 'The incident is resolved, or has a reason why it is not public',
    not_classified: 'Somebody has set the priority',
    report_undecided: 'The report is published, or a manager has decided that none is needed',
    report_not_released: 'The report is released, or two people decided not to release it',
    report_not_public: 'The report is published for everybody',
    report_not_published: 'The report is published',
  } as Record<ClosingObstacle, string>,
  outcome: 'What it was',
  outcomes: {
    problem: 'A problem, followed up with its cause',
    transient: 'Transient, gone without a cause to follow up',
    dismissed: 'Dismissed, it was no incident',
  } as Record<IncidentOutcome, string>,
  outcomeWord: { problem: 'Problem', transient: 'Transient', dismissed: 'Dismissed' } as Record<
    IncidentOutcome,
    string
  >,
  urgentHint: 'A P0 or P1 counts as a problem. Only a manager says, with a reason, that it was none.',
  reason: 'Why it was no problem',
  reasonHint: 'Transient and dismissed need a reason.',
  explanation: 'Explanation for the ticket',
  explanationHint: 'Cause, fix and how you know it holds, or an https link to it. Never public.',
  close: 'Close the incident',
  closedAs: (outcome: string, when: string, who: string) =>
    who ? `${outcome}. Closed ${when} by ${who}.` : `${outcome}. Closed ${when}.`,
  whoCloses: 'Nothing is missing. An SRE or a manager closes it.',
};
export type ClosingWords = typeof en;

const de: ClosingWords = {
  reportAndProblem: 'Bericht und Problem',
  report: 'Bericht',
  problem: 'Problem',
  noReport: 'Es steht kein Bericht aus.',
  noProblem: 'Kein Problem ist verknüpft.',
  dueBy: (day) => `fällig bis ${day}`,
  overdueSince: (day) => `überfällig seit ${day}`,
  dueLater: 'fällig, sobald die Störung behoben ist',
  waived: 'entschieden: kein Bericht',
  ended: 'zwei Personen waren sich einig: Es steht kein Bericht aus',
  notReleased: (day) => `nicht freigegeben, Wiedervorlage am ${day}`,
  undecided: 'offen: er steht aus, solange das Management nicht nein sagt',
  decideBy: (day) => `das Management entscheidet bis ${day}`,
  decideLate: (day) => `Entscheidung überfällig seit ${day}`,
  proposalWaits: 'Ein Vorschlag wartet auf eine zweite Person.',
  askReport: 'Bericht verlangen',
  askReportHint:
    'Eine P2 oder P3 braucht keinen Bericht. Das Management kann mit einem Grund einen verlangen.',
  askReportReason: 'Grund für den Bericht',
  decide: 'Entscheiden',
  toReport: 'Zum Bericht',
  untitledProblem: 'Ohne Titel',
  closed: 'abgeschlossen',
  closing: 'Abschluss',
  missing: 'Sie lässt sich abschließen, sobald dies gilt:',
  obstacle: {
    not_resolved: 'Die Störung ist behoben oder hat einen Grund, warum sie nicht öffentlich ist',
    not_classified: 'Jemand hat die Priorität gesetzt',
    report_undecided:
      'Der Bericht ist veröffentlicht, oder das Management hat entschieden, dass keiner nötig ist',
    report_not_released: 'Der Bericht ist freigegeben, oder zwei Personen haben dagegen entschieden',
    report_not_public: 'Der Bericht ist für alle veröffentlicht',
    report_not_published: 'Der Bericht ist veröffentlicht',
  },
  outcome: 'Was es war',
  outcomes: {
    problem: 'Ein Problem, dessen Ursache verfolgt wird',
    transient: 'Vorübergehend, ohne Ursache zum Verfolgen',
    dismissed: 'Verworfen, es war keine Störung',
  },
  outcomeWord: { problem: 'Problem', transient: 'Vorübergehend', dismissed: 'Verworfen' },
  urgentHint:
    'Eine P0 oder P1 zählt als Problem. Nur das Management sagt mit einem Grund, dass sie keines war.',
  reason: 'Warum es kein Problem war',
  reasonHint: 'Vorübergehend und verworfen brauchen einen Grund.',
  explanation: 'Erklärung für das Ticket',
  explanationHint: 'Ursache, Behebung und Nachweis, oder ein https-Link dorthin. Nie öffentlich.',
  close: 'Störung abschließen',
  closedAs: (outcome, when, who) =>
    who ? `${outcome}. Abgeschlossen ${when} von ${who}.` : `${outcome}. Abgeschlossen ${when}.`,
  whoCloses: 'Es fehlt nichts. SRE oder Management schließt sie ab.',
};

export const closingWords: Record<Language, ClosingWords> = { en, de };
