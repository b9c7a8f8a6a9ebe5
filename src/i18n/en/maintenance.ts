/** Words of planned maintenance, on the public page and at the desk. */

export const maintenance = {
  title: 'Maintenance',
  intro: 'Planned work on our services: what happens, when, and what to expect.',
  running: 'Running now',
  announced: 'Announced',
  past: 'Past maintenance',
  nothingRunning: 'No maintenance is running.',
  nothingAnnounced: 'No maintenance is announced.',
  neverStarted: 'This work did not begin in its window.',
  nothingPast: 'No maintenance has taken place yet.',
  allHistory: 'Everything in the history',
  emergency: 'Emergency maintenance',
};
