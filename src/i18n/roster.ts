/** Words of the roster and of handing over, written by hand in both languages. */
import type { Language } from '../../db/words.ts';

const promisesEn = (count: number): string => (count === 1 ? '1 open promise' : `${count} open promises`);
const promisesDe = (count: number): string =>
  count === 1 ? '1 offenes Versprechen' : `${count} offene Versprechen`;

const en = {
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
    `${name} hands over ${count === 0 ? 'to you' : `${promisesEn(count)} to you`}`,
  offeredTo: (name: string, count: number) =>
    `You offered ${count === 0 ? 'a hand-over' : promisesEn(count)} to ${name}`,
  accept: 'Accept',
  accepted: (time: string) => `Accepted ${time}`,
  notAccepted: 'Not accepted yet',
  due: (time: string) => `due ${time}`,
  settled: 'settled',
  offDuty: 'Why you publish off duty',
  offDutyHint: 'Somebody else is on call now. Your reason goes into the audit.',
};

export type RosterWords = typeof en;

const de: RosterWords = {
  title: 'Bereitschaft',
  intro: 'Wer vom Kundensupport Bereitschaft hat, von wann bis wann.',
  onCall: 'Jetzt in Bereitschaft',
  next: 'Danach',
  nobody: 'Niemand',
  until: (time) => `bis ${time}`,
  from: (time) => `ab ${time}`,
  gap: (window) => `Niemand hat Bereitschaft: ${window}`,
  moreGaps: (count) =>
    count === 1
      ? 'und eine weitere Lücke in den nächsten 7 Tagen'
      : `und ${count} weitere Lücken in den nächsten 7 Tagen`,
  gaps: 'Lücken in den nächsten 7 Tagen',
  shifts: 'Geplante Schichten',
  noShifts: 'Keine Schicht ist geplant. Ohne Plan wird niemand nach seiner Bereitschaft gefragt.',
  disabled: 'Konto gesperrt',
  change: 'Ändern',
  changeShift: (name) => `Schicht von ${name} ändern`,
  addTitle: 'Schicht anlegen',
  changeTitle: 'Schicht ändern',
  person: 'Person',
  startsAt: 'Beginnt',
  endsAt: 'Endet',
  timesIn: (zone) => `Zeiten in ${zone}.`,
  add: 'Schicht anlegen',
  save: 'Schicht speichern',
  remove: 'Schicht entfernen',
  handOver: 'Übergeben',
  handOverHint:
    'Bietet alle offenen Versprechen an Kunden, die Sie sehen, der nächsten Person an; sie nimmt sie an.',
  handOverTo: 'An',
  note: 'Notiz',
  noteHint: 'Nichts über vertrauliche Störungen: Sagen Sie das persönlich.',
  offer: 'Übergabe anbieten',
  offers: 'Übergaben',
  noOffers: 'Sie haben noch nichts angeboten, und Ihnen wurde nichts angeboten.',
  handsOver: (name, count) => `${name} übergibt an Sie${count === 0 ? '' : `: ${promisesDe(count)}`}`,
  offeredTo: (name, count) => `Sie bieten ${name} ${count === 0 ? 'eine Übergabe' : promisesDe(count)} an`,
  accept: 'Annehmen',
  accepted: (time) => `Angenommen ${time}`,
  notAccepted: 'Noch nicht angenommen',
  due: (time) => `fällig ${time}`,
  settled: 'erledigt',
  offDuty: 'Warum Sie ohne Bereitschaft veröffentlichen',
  offDutyHint: 'Jetzt hat jemand anderes Bereitschaft. Ihr Grund steht danach im Protokoll.',
};

export const rosterWords: Record<Language, RosterWords> = { en, de };
