/** Words that several pages of the admin area share, written by hand in both languages. */
import type { Language } from '../../db/words.ts';

const en = {
  english: 'English',
  german: 'German',
  inEnglish: (label: string) => `${label}, in English`,
  inGerman: (label: string) => `${label}, in German`,
  optional: (label: string) => `${label} (optional)`,
  save: 'Save',
  add: 'Add',
  back: 'Back without saving',
  edit: 'Edit',
  yes: 'Yes',
  no: 'No',
  none: 'None',
  nobody: 'Nobody',
  disabled: 'disabled',
  archived: 'Archived',
  archive: 'Archive',
  restore: 'Restore',
  moveUp: (name: string) => `Move ${name} up`,
  moveDown: (name: string) => `Move ${name} down`,
  yourText: 'Yours',
  theirText: 'Saved meanwhile',
  field: 'Field',
  noDifference: 'In the fields of this form both versions are the same.',
  conflictTitle: 'Both versions',
  done: {
    saved: 'Saved.',
    added: 'Added.',
    archived: 'Archived.',
    restored: 'Restored.',
    ended: 'Session ended.',
    sessionsEnded: 'All sessions of this account ended.',
    disabled: 'The account is disabled: its sessions have ended, its tokens are revoked.',
    enabled: 'The account is enabled again. Its earlier tokens stay revoked.',
    passwordSet: 'The password is set. All sessions of this account ended.',
    passwordChanged: 'Your password is changed. Your other sessions ended.',
    passwordShown:
      'This was done already, and the password was shown once. If nobody noted it, set another one below.',
    revoked: 'The token is revoked.',
    tokenShown:
      'This token exists already and was shown once. If nobody noted it, revoke it and add another one.',
    approved: 'Approved.',
    reviewed: 'Reviewed.',
    setUp: 'The page is set up, and you are signed in. One last step: read the texts below and approve them.',
  },
};

export type FormWords = typeof en;
export type DoneKey = keyof FormWords['done'];

const de: FormWords = {
  english: 'Englisch',
  german: 'Deutsch',
  inEnglish: (label) => `${label}, englisch`,
  inGerman: (label) => `${label}, deutsch`,
  optional: (label) => `${label} (freiwillig)`,
  save: 'Speichern',
  add: 'Anlegen',
  back: 'Zurück, ohne zu speichern',
  edit: 'Bearbeiten',
  yes: 'Ja',
  no: 'Nein',
  none: 'Keine',
  nobody: 'Niemand',
  disabled: 'gesperrt',
  archived: 'Archiviert',
  archive: 'Archivieren',
  restore: 'Wiederherstellen',
  moveUp: (name) => `${name} nach oben`,
  moveDown: (name) => `${name} nach unten`,
  yourText: 'Ihre Fassung',
  theirText: 'Inzwischen gespeichert',
  field: 'Feld',
  noDifference: 'In den Feldern dieses Formulars sind beide Fassungen gleich.',
  conflictTitle: 'Beide Fassungen',
  done: {
    saved: 'Gespeichert.',
    added: 'Angelegt.',
    archived: 'Archiviert.',
    restored: 'Wiederhergestellt.',
    ended: 'Sitzung beendet.',
    sessionsEnded: 'Alle Sitzungen dieses Kontos sind beendet.',
    disabled: 'Das Konto ist gesperrt: Seine Sitzungen sind beendet, seine Tokens widerrufen.',
    enabled: 'Das Konto ist wieder frei. Seine früheren Tokens bleiben widerrufen.',
    passwordSet: 'Das Passwort ist gesetzt. Alle Sitzungen dieses Kontos sind beendet.',
    passwordChanged: 'Ihr Passwort ist geändert. Ihre anderen Sitzungen sind beendet.',
    passwordShown:
      'Das ist schon geschehen, und das Passwort wurde einmal gezeigt. Hat es niemand notiert, setzen Sie unten ein neues.',
    revoked: 'Das Token ist widerrufen.',
    tokenShown:
      'Dieses Token gibt es schon, und es wurde einmal gezeigt. Hat es niemand notiert, widerrufen Sie es und legen Sie ein neues an.',
    approved: 'Freigegeben.',
    reviewed: 'Geprüft.',
    setUp:
      'Die Seite ist eingerichtet, und Sie sind angemeldet. Ein letzter Schritt: Lesen Sie die Texte und geben Sie sie frei.',
  },
};

export const formWords: Record<Language, FormWords> = { en, de };
