/** Words of planned maintenance at the desk, written by hand in both languages. */
import type { Language, MaintenanceOccasion } from '../../db/words.ts';

const en = {
  heading: 'Maintenance',
  plan: 'Plan maintenance',
  planFor: 'For which area?',
  window: 'Window',
  scheduledFor: 'Begins',
  scheduledUntil: 'Ends',
  timesIn: (zone: string) => `Times in ${zone}.`,
  automatic: 'Starts and completes itself',
  automaticHint:
    'At the planned times the page says so in both languages, from the approved templates. You can take over by hand at any time.',
  allowOverlap: 'Both may run at once',
  shortNotice: (hours: number) =>
    `Less than ${hours} ${hours === 1 ? 'hour’s' : 'hours’'} notice: customers see this as emergency maintenance.`,
  enoughNotice: (hours: number) => `Announced at least ${hours} hours before: planned maintenance.`,
  startsItself: 'Starts by itself:',
  completesItself: 'Completes by itself:',
  byHand: 'Nothing happens by itself: start and complete it by hand.',
  noStart:
    'It cannot start itself: there is no approved text for that, or its start has passed. Start it by hand.',
  noCompletion:
    'It cannot complete itself: there is no approved text for that, or its end has passed. Complete it by hand.',
  verifying: 'You are verifying, so it does not complete itself. Complete it by hand.',
  switchOn: 'Let it start and complete itself',
  switchOnRunning: 'Let it complete itself',
  switchOff: 'Switch off',
  next: 'Next',
  acts: {
    in_progress: 'Start',
    extended: 'Extend',
    verifying: 'Verify',
    completed: 'Complete',
    cancelled: 'Cancel',
    scheduled: 'Reschedule',
  } satisfies Record<MaintenanceOccasion, string>,
  reminder: (time: string) => `Starts soon: ${time}`,
  startPassed: 'should have started: start, reschedule or cancel it',
  endPassed: 'should be finished: complete or extend it',
};

export type MaintenanceDeskWords = typeof en;

const de: MaintenanceDeskWords = {
  heading: 'Wartung',
  plan: 'Wartung planen',
  planFor: 'Für welchen Bereich?',
  window: 'Zeitraum',
  scheduledFor: 'Beginnt',
  scheduledUntil: 'Endet',
  timesIn: (zone) => `Zeiten in ${zone}.`,
  automatic: 'Beginnt und endet von selbst',
  automaticHint:
    'Zu den geplanten Zeiten sagt die Seite das in beiden Sprachen, aus den genehmigten Vorlagen. Sie können jederzeit von Hand übernehmen.',
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

export const maintenanceDeskWords: Record<Language, MaintenanceDeskWords> = { en, de };
