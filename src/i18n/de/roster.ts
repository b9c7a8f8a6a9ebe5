import { counted } from '../counted.ts';
import type { roster as en } from '../en/roster.ts';

const promises = (count: number): string => counted(count, 'offene Zusage', 'offene Zusagen');

export const roster: typeof en = {
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
    'Bietet alle offenen Zusagen an Kunden, die Sie sehen, der nächsten Person an; sie nimmt sie an.',
  handOverTo: 'An',
  note: 'Notiz',
  noteHint: 'Nichts über vertrauliche Störungen: Sagen Sie das persönlich.',
  offer: 'Übergabe anbieten',
  offers: 'Übergaben',
  noOffers: 'Sie haben noch nichts angeboten, und Ihnen wurde nichts angeboten.',
  handsOver: (name, count) => `${name} übergibt an Sie${count === 0 ? '' : `: ${promises(count)}`}`,
  offeredTo: (name, count) => `Sie bieten ${name} ${count === 0 ? 'eine Übergabe' : promises(count)} an`,
  accept: 'Annehmen',
  accepted: (time) => `Angenommen ${time}`,
  notAccepted: 'Noch nicht angenommen',
  due: (time) => `fällig ${time}`,
  settled: 'erledigt',
  offDuty: 'Warum Sie ohne Bereitschaft veröffentlichen',
  offDutyHint: 'Jetzt hat jemand anderes Bereitschaft. Ihr Grund steht danach im Protokoll.',
};
