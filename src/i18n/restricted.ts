/** Words of the restricted lane, written by hand in both languages. */
import type { Language } from '../../db/words.ts';

const en = {
  title: 'Restricted',
  hidden: 'It becomes public only when security releases it.',
  released: 'Released: this is public. Only the security role publishes here.',
  releasedAt: (time: string) => `Released ${time}.`,
  procedure: 'Security procedure',
  contact: (address: string) => `Tell security: ${address}`,
  composerHidden:
    'Restricted: your text is saved, not published. It becomes public only when security releases the incident.',
  composerReleased:
    'Restricted and released: what you send now is public. Only the security role publishes here.',
  confirmText: 'I have checked this text: it may be public',
  write: 'Save, not public',
  readers: 'Who may see it',
  onlySecurity: 'Only the security role.',
  readersHint: 'Beside the security role. The list is replaced.',
  people: 'People',
  nameReaders: 'Save people',
  referrals: 'Referred',
  noReferral: 'Not referred to anybody yet. Without it nothing can be released.',
  referredTo: (toWhom: string) => `To ${toWhom}`,
  by: (name: string) => `recorded by ${name}`,
  toWhom: 'To whom',
  at: 'When',
  atHint: (zone: string) => `Empty: now. Times in ${zone}.`,
  remark: 'Remark',
  refer: 'Record referral',
  release: 'Release',
  releaseHint: 'These texts become public at once, exactly as they stand here, marked as posted later:',
  nothingToRelease: 'No text is written yet.',
  confirmRelease: 'I have read these texts: they may be public',
  releaseNow: 'Make public now',
  withdraw: 'Withdraw this text',
  withdrawReason: 'Reason for withdrawing',
  withdrawHint: 'It never becomes public; the audit keeps it.',
};

export type RestrictedWords = typeof en;

const de: RestrictedWords = {
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

export const restrictedWords: Record<Language, RestrictedWords> = { en, de };
