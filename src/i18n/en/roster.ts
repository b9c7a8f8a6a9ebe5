/** Words of the roster and of handing over. */
import { counted } from '../counted.ts';

const promises = (count: number): string => counted(count, 'open promise', 'open promises');

export const roster = {
  title: 'Roster',
  intro: 'Who of customer support is on call, from when to when.',
  onCall: 'On call now',
  next: 'Next',
  nobody: 'Nobody',
  until: (time: string) => `until ${time}`,
  from: (time: string) => `from ${time}`,
  gap: (window: string) => `Nobody is on call: ${window}`,
  moreGaps: (count: number) =>
    count === 1 ? 'and one more gap in the next 7 days' : `and ${count} more gaps in the next 7 days`,
  gaps: 'Gaps in the next 7 days',
  shifts: 'Planned shifts',
  noShifts: 'No shift is planned. Without a roster nobody is asked whether he is on call.',
  disabled: 'account disabled',
  change: 'Change',
  changeShift: (name: string) => `Change the shift of ${name}`,
  addTitle: 'Add a shift',
  changeTitle: 'Change a shift',
  person: 'Person',
  startsAt: 'Begins',
  endsAt: 'Ends',
  timesIn: (zone: string) => `Times in ${zone}.`,
  add: 'Add shift',
  save: 'Save shift',
  remove: 'Remove shift',
  handOver: 'Hand over',
  handOverHint: 'Offers all open promises to customers that you see to the next person, who accepts them.',
  handOverTo: 'To',
  note: 'Note',
  noteHint: 'Nothing about restricted incidents: tell that in person.',
  offer: 'Offer hand-over',
  offers: 'Hand-overs',
  noOffers: 'You have offered and been offered nothing yet.',
  handsOver: (name: string, count: number) =>
    `${name} hands over ${count === 0 ? 'to you' : `${promises(count)} to you`}`,
  offeredTo: (name: string, count: number) =>
    `You offered ${count === 0 ? 'a hand-over' : promises(count)} to ${name}`,
  accept: 'Accept',
  accepted: (time: string) => `Accepted ${time}`,
  notAccepted: 'Not accepted yet',
  due: (time: string) => `due ${time}`,
  settled: 'settled',
  offDuty: 'Why you publish off duty',
  offDutyHint: 'Somebody else is on call now. Your reason goes into the audit.',
};
