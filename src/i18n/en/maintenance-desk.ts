/** Words of planned maintenance at the desk. */
import type { MaintenanceOccasion } from '../../../db/words.ts';

export const maintenanceDesk = {
  heading: 'Maintenance',
  plan: 'Plan maintenance',
  planFor: 'For which area?',
  window: 'Window',
  scheduledFor: 'Begins',
  scheduledUntil: 'Ends',
  timesIn: (zone: string) => `Times in ${zone}.`,
  automatic: 'Starts and completes itself',
  automaticHint:
    'At the planned times the page says so in each of its languages, from the approved templates. You can take over by hand at any time.',
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
