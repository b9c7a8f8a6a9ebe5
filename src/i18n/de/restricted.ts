import type { restricted as en } from '../en/restricted.ts';

export const restricted: typeof en = {
  title: 'Vertraulich',
  hidden: 'Öffentlich wird es erst, wenn die Sicherheit es öffentlich macht.',
  released: 'Öffentlich gemacht. Hier veröffentlicht nur die Rolle Sicherheit.',
  releasedAt: (time) => `Öffentlich seit ${time}.`,
  procedure: 'Verfahren der Sicherheit',
  contact: (address) => `Sicherheit verständigen: ${address}`,
  composerHidden:
    'Vertraulich: Ihr Text wird gespeichert, nicht veröffentlicht. Öffentlich wird er erst, wenn die Sicherheit die Störung öffentlich macht.',
  composerReleased:
    'Vertraulich und öffentlich gemacht: Was Sie jetzt senden, ist öffentlich. Hier veröffentlicht nur die Rolle Sicherheit.',
  confirmText: 'Ich habe diesen Text geprüft: Er darf öffentlich sein',
  write: 'Speichern, nicht öffentlich',
  readers: 'Wer es sehen darf',
  onlySecurity: 'Nur die Rolle Sicherheit.',
  readersHint: 'Neben der Rolle Sicherheit. Die Liste wird ersetzt.',
  people: 'Personen',
  nameReaders: 'Personen speichern',
  referrals: 'Weitergegeben',
  noReferral: 'Noch nicht weitergegeben. Ohne Weitergabe kann nichts öffentlich werden.',
  referredTo: (toWhom) => `An ${toWhom}`,
  by: (name) => `festgehalten von ${name}`,
  toWhom: 'An wen',
  at: 'Wann',
  atHint: (zone) => `Leer: jetzt. Zeiten in ${zone}.`,
  remark: 'Bemerkung',
  refer: 'Weitergabe festhalten',
  release: 'Öffentlich machen',
  releaseHint:
    'Diese Texte werden sofort öffentlich, genau wie sie hier stehen, als nachgetragen gekennzeichnet:',
  nothingToRelease: 'Es ist noch kein Text geschrieben.',
  confirmRelease: 'Ich habe diese Texte gelesen: Sie dürfen öffentlich sein',
  releaseNow: 'Jetzt öffentlich machen',
  withdraw: 'Diesen Text zurückziehen',
  withdrawReason: 'Grund der Rücknahme',
  withdrawHint: 'Er wird nie öffentlich; das Protokoll behält ihn.',
};
