import type { promises as en } from '../en/promises.ts';

export const promises: typeof en = {
  promises: 'Zusagen',
  audience: { customers: 'Meldung an Kunden', management: 'Unterrichtung des Managements' },
  to: { customers: 'An Kunden', management: 'Ans Management' },
  dueBy: (time) => `bis ${time}`,
  overdueSince: (time) => `überfällig seit ${time}`,
  dueSoon: 'bald fällig',
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
  notices: 'Neu für Sie',
  noticed: 'Zur Kenntnis genommen',
  moreAbove: (count) => `Bei den offenen Störungen: ${count}`,
  /** At the entry of an open incident. */
  news: {
    started: 'dringend',
    phase_changed: 'Stand geändert',
    promise_missed: 'eine Meldung kam nicht rechtzeitig',
    briefing: 'Unterrichtung',
  },
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
