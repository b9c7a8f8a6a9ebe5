/** Words on what was promised, and what management is told; written by hand in both languages. */
import type { Language, NoticeKind, PromiseAudience } from '../../db/words.ts';
import type { EscalationReason } from '../domain/incidents/log/escalation-proposal.ts';

const en = {
  promises: 'Promises',
  owed: 'Owed now',
  audience: {
    customers: 'Update for customers',
    management: 'Briefing for management',
  } satisfies Record<PromiseAudience, string>,
  to: { customers: 'To customers', management: 'To management' } satisfies Record<PromiseAudience, string>,
  dueBy: (time: string) => `by ${time}`,
  overdueSince: (time: string) => `overdue since ${time}`,
  dueSoon: 'due soon',
  post: 'Next update',
  brief: 'Brief management',
  escalate: 'Escalate',
  proposal: {
    promise_missed: (time) => `Escalate: the update promised by ${time} has not come.`,
    management_due: (time) => `Escalate: management should have heard by ${time}.`,
    no_progress: (time) => `Escalate: nothing has moved on since long, the limit passed at ${time}.`,
  } satisfies Record<EscalationReason, (time: string) => string>,
  nextAction: 'Next',
  // The sentences of one promise.
  promisedBy: (time: string) => `promised by ${time}`,
  kept: (time: string) => `came ${time}: kept`,
  missed: (time: string, late: string) => `came ${time}: missed by ${late}`,
  overdue: (late: string) => `not come yet: overdue by ${late}`,
  open: 'still to come',
  withdrawn: 'given back, because the priority changed',
  onIncident: 'Promises of this incident',
  noneOnIncident: 'Nothing was promised yet.',
  // The record of a month.
  title: 'Promises kept and missed',
  intro: 'What was promised for this month, and whether it came. Counted by the promised time.',
  keptCount: 'Kept',
  missedCount: 'Missed',
  openCount: 'Still open',
  rate: 'Kept rate',
  goal: 'Goal: 95 % or more',
  firstUpdate: 'Time to the first public update',
  firstUpdateHint: (count: number) =>
    count === 1
      ? 'From the start of an incident to its first public update; 1 incident first published in this month.'
      : `From the start of an incident to its first public update; ${count} incidents first published in this month.`,
  toldLater: (count: number) =>
    count === 1
      ? '1 more was told when it was over and is not counted here.'
      : `${count} more were told when they were over and are not counted here.`,
  median: 'Median',
  p95: '95 % within',
  byIncident: 'By incident',
  nothing: 'Nothing was promised for this month.',
  earlier: 'Earlier month',
  later: 'Later month',
  untitled: 'Without a public update',
  // The desk of management.
  management: 'For management',
  noUrgent: 'No P0 or P1 is open.',
  customersBy: 'Customers hear by',
  managementBy: 'Management hears by',
  noPromise: 'nothing promised',
  notices: 'New for you',
  noticed: 'Noted',
  moreNotices: (count: number) => (count === 1 ? 'and 1 older one' : `and ${count} older ones`),
  counts: (kept: number, missed: number, open: number) =>
    [kept > 0 && `${kept} kept`, missed > 0 && `${missed} missed`, open > 0 && `${open} open`]
      .filter(Boolean)
      .join(', '),
  toIncident: 'To the incident',
  /** Before the colon of a notice; nothing where none is meant. */
  ofVersion: (version: number) => `, version ${version}`,
  notice: {
    started: (title) => `Urgent incident: ${title}`,
    phase_changed: (title) => `State changed: ${title}`,
    promise_missed: (title) => `A promised update did not come in time: ${title}`,
    briefing: (title) => `Briefing: ${title}`,
    maintenance_reminder: (title) => `Maintenance starts soon: ${title}`,
    report_due: (title, version) => `Report due${version}: ${title}`,
    review_waiting: (title, version) => `A report waits for your review${version}: ${title}`,
    changes_requested: (title, version) => `Changes requested in the report${version}: ${title}`,
    report_approved: (title, version) => `Report approved, ready to publish${version}: ${title}`,
    report_published: (title, version) => `Report published${version}: ${title}`,
    decision_waiting: (title) => `A decision waits for you: ${title}`,
    remediation_due: (title) => `An action of yours is due: ${title}`,
    effectiveness_due: (title) => `Did the action help? ${title}`,
    meeting_due: (title, version) => `Post-mortem meeting due${version}: ${title}`,
  } satisfies Record<NoticeKind, (title: string, version: string) => string>,
  thisMonth: 'Promises this month',
  toRecord: 'All promises',
};
export type PromiseWords = typeof en;

const de: PromiseWords = {
  promises: 'Zusagen',
  owed: 'Jetzt fällig',
  audience: { customers: 'Meldung an Kunden', management: 'Unterrichtung des Managements' },
  to: { customers: 'An Kunden', management: 'Ans Management' },
  dueBy: (time) => `bis ${time}`,
  overdueSince: (time) => `überfällig seit ${time}`,
  dueSoon: 'bald fällig',
  post: 'Nächste Meldung',
  brief: 'Management unterrichten',
  escalate: 'Eskalieren',
  proposal: {
    promise_missed: (time) => `Eskalieren Sie: Die bis ${time} zugesagte Meldung ist nicht gekommen.`,
    management_due: (time) => `Eskalieren Sie: Das Management sollte bis ${time} etwas hören.`,
    no_progress: (time) => `Eskalieren Sie: Es geht seit Langem nicht voran, die Grenze war ${time}.`,
  },
  nextAction: 'Als Nächstes',
  promisedBy: (time) => `zugesagt bis ${time}`,
  kept: (time) => `gekommen ${time}: gehalten`,
  missed: (time, late) => `gekommen ${time}: ${late} zu spät`,
  overdue: (late) => `noch nicht gekommen: ${late} überfällig`,
  open: 'steht noch aus',
  withdrawn: 'zurückgegeben, weil sich die Priorität änderte',
  onIncident: 'Zusagen zu dieser Störung',
  noneOnIncident: 'Es wurde noch nichts zugesagt.',
  title: 'Gehaltene und versäumte Zusagen',
  intro: 'Was für diesen Monat zugesagt war und ob es kam. Gezählt nach dem zugesagten Zeitpunkt.',
  keptCount: 'Gehalten',
  missedCount: 'Versäumt',
  openCount: 'Noch offen',
  rate: 'Gehalten, Anteil',
  goal: 'Ziel: mindestens 95 %',
  firstUpdate: 'Zeit bis zur ersten öffentlichen Meldung',
  firstUpdateHint: (count) =>
    count === 1
      ? 'Vom Beginn einer Störung bis zu ihrer ersten öffentlichen Meldung; 1 Störung, zuerst gemeldet in diesem Monat.'
      : `Vom Beginn einer Störung bis zu ihrer ersten öffentlichen Meldung; ${count} Störungen, zuerst gemeldet in diesem Monat.`,
  toldLater: (count) =>
    count === 1
      ? '1 weitere wurde erst gemeldet, als sie vorbei war, und zählt hier nicht mit.'
      : `${count} weitere wurden erst gemeldet, als sie vorbei waren, und zählen hier nicht mit.`,
  median: 'Median',
  p95: '95 % innerhalb von',
  byIncident: 'Nach Störung',
  nothing: 'Für diesen Monat war nichts zugesagt.',
  earlier: 'Früherer Monat',
  later: 'Späterer Monat',
  untitled: 'Ohne öffentliche Meldung',
  management: 'Für das Management',
  noUrgent: 'Keine P0 oder P1 ist offen.',
  customersBy: 'Kunden hören bis',
  managementBy: 'Management hört bis',
  noPromise: 'nichts zugesagt',
  notices: 'Neu für Sie',
  noticed: 'Zur Kenntnis genommen',
  moreNotices: (count) => (count === 1 ? 'und 1 älterer Hinweis' : `und ${count} ältere Hinweise`),
  counts: (kept, missed, open) =>
    [kept > 0 && `${kept} gehalten`, missed > 0 && `${missed} versäumt`, open > 0 && `${open} offen`]
      .filter(Boolean)
      .join(', '),
  toIncident: 'Zur Störung',
  ofVersion: (version) => `, Fassung ${version}`,
  notice: {
    started: (title) => `Dringende Störung: ${title}`,
    phase_changed: (title) => `Neuer Stand: ${title}`,
    promise_missed: (title) => `Eine zugesagte Meldung kam nicht rechtzeitig: ${title}`,
    briefing: (title) => `Unterrichtung: ${title}`,
    maintenance_reminder: (title) => `Wartung beginnt bald: ${title}`,
    report_due: (title, version) => `Bericht fällig${version}: ${title}`,
    review_waiting: (title, version) => `Ein Bericht wartet auf Ihre Prüfung${version}: ${title}`,
    changes_requested: (title, version) => `Änderungen am Bericht erbeten${version}: ${title}`,
    report_approved: (title, version) => `Bericht genehmigt, bereit zur Veröffentlichung${version}: ${title}`,
    report_published: (title, version) => `Bericht veröffentlicht${version}: ${title}`,
    decision_waiting: (title) => `Eine Entscheidung wartet auf Sie: ${title}`,
    remediation_due: (title) => `Eine Maßnahme von Ihnen ist fällig: ${title}`,
    effectiveness_due: (title) => `Hat die Maßnahme geholfen? ${title}`,
    meeting_due: (title, version) => `Nachbesprechung fällig${version}: ${title}`,
  },
  thisMonth: 'Zusagen in diesem Monat',
  toRecord: 'Alle Zusagen',
};

export const promiseWords: Record<Language, PromiseWords> = { en, de };
