import type { maintenanceDesk as en } from '../en/maintenance-desk.ts';

export const maintenanceDesk: typeof en = {
  heading: 'Wartung',
  plan: 'Wartung planen',
  planFor: 'Für welchen Bereich?',
  window: 'Zeitraum',
  scheduledFor: 'Beginnt',
  scheduledUntil: 'Endet',
  timesIn: (zone) => `Zeiten in ${zone}.`,
  automatic: 'Beginnt und endet von selbst',
  automaticHint:
    'Zu den geplanten Zeiten sagt die Seite das in jeder ihrer Sprachen, aus den genehmigten Vorlagen. Sie können jederzeit von Hand übernehmen.',
  allowOverlap: 'Beide dürfen zugleich laufen',
  shortNotice: (hours) =>
    `Weniger als ${hours} ${hours === 1 ? 'Stunde' : 'Stunden'} vorher: Kunden sehen das als Notfallwartung.`,
  enoughNotice: (hours) => `Mindestens ${hours} Stunden vorher angekündigt: geplante Wartung.`,
  startsItself: 'Beginnt von selbst:',
  completesItself: 'Endet von selbst:',
  byHand: 'Nichts geschieht von selbst: Beginnen und beenden Sie die Wartung von Hand.',
  noStart:
    'Sie kann nicht von selbst beginnen: Es fehlt ein genehmigter Text, oder der Beginn ist vorbei. Beginnen Sie sie von Hand.',
  noCompletion:
    'Sie kann nicht von selbst enden: Es fehlt ein genehmigter Text, oder das Ende ist vorbei. Schließen Sie sie von Hand ab.',
  verifying:
    'Sie prüfen das Ergebnis, deshalb endet die Wartung nicht von selbst. Schließen Sie sie von Hand ab.',
  switchOn: 'Von selbst beginnen und enden lassen',
  switchOnRunning: 'Von selbst enden lassen',
  switchOff: 'Ausschalten',
  next: 'Weiter',
  acts: {
    in_progress: 'Beginnen',
    extended: 'Verlängern',
    verifying: 'Prüfen',
    completed: 'Abschließen',
    cancelled: 'Absagen',
    scheduled: 'Verschieben',
  },
  reminder: (time) => `Beginnt bald: ${time}`,
  startPassed: 'sollte begonnen haben: beginnen, verschieben oder absagen',
  endPassed: 'sollte fertig sein: abschließen oder verlängern',
};
