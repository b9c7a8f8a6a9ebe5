/** Words of the admin area, written by hand in both languages. */
import type { Language } from '../../db/words.ts';

const en = {
  skip: 'Skip to content',
  signIn: 'Sign in',
  signInIntro: 'Status page desk',
  signOut: 'Sign out',
  email: 'E-mail address',
  password: 'Password',
  sessionEnded: 'Your session has ended. Nothing you typed is lost: sign in and go on.',
  restored: 'You are signed in again. Nothing was sent yet: check your text, then send it.',
  refused: 'This is not for your roles',
  toDesk: 'To the desk',
  desk: 'Desk',
  publicPage: 'Public page',
  open: 'Open',
  nothingOpen: 'Nothing is open.',
  moreOpen: (count: number) => `${count} more, open or announced`,
  andMore: (count: number) => `and ${count} more`,
  undecidedTokens: (count: number) =>
    count === 1
      ? 'An API token is older than your password and still works: keep or revoke it'
      : `${count} API tokens are older than your password and still work: keep or revoke them`,
  newUpdateFor: 'New update for',
  owed: 'Owed',
  overdueSince: 'Overdue since',
  nextUpdateBy: 'Next update by',
  noPromise: 'No update promised',
  notReviewed: 'not reviewed',
  notValidated: 'priority not validated',
  priority: 'Priority',
  incidents: 'Incidents',
  allIncidents: 'All incidents',
  toWhatIsOpen: 'To what is open',
  catalogue: 'Catalogue',
  templates: 'Templates',
  users: 'Users',
  settings: 'Settings',
  audit: 'Audit',
  account: 'Account',
  menu: 'Menu',
  areas: 'Areas',
  restricted: 'Restricted',
  translationPending: 'translation pending',
};

export type DeskWords = typeof en;

const de: DeskWords = {
  skip: 'Zum Inhalt springen',
  signIn: 'Anmelden',
  signInIntro: 'Arbeitsplatz der Statusseite',
  signOut: 'Abmelden',
  email: 'E-Mail-Adresse',
  password: 'Passwort',
  sessionEnded:
    'Ihre Sitzung ist abgelaufen. Es ist nichts verloren: Melden Sie sich an und machen Sie weiter.',
  restored:
    'Sie sind wieder angemeldet. Es wurde noch nichts gesendet: Prüfen Sie Ihren Text und senden Sie ihn dann.',
  refused: 'Das ist nicht für Ihre Rollen',
  toDesk: 'Zum Arbeitsplatz',
  desk: 'Arbeitsplatz',
  publicPage: 'Öffentliche Seite',
  open: 'Offen',
  nothingOpen: 'Nichts ist offen.',
  moreOpen: (count) => `${count} weitere, offen oder angekündigt`,
  andMore: (count) => `und noch ${count}`,
  undecidedTokens: (count) =>
    count === 1
      ? 'Ein API-Token ist älter als Ihr Passwort und gilt weiter: behalten oder widerrufen'
      : `${count} API-Tokens sind älter als Ihr Passwort und gelten weiter: behalten oder widerrufen`,
  newUpdateFor: 'Neue Meldung für',
  owed: 'Fällig',
  overdueSince: 'Überfällig seit',
  nextUpdateBy: 'Nächste Meldung bis',
  noPromise: 'Keine Meldung zugesagt',
  notReviewed: 'nicht geprüft',
  notValidated: 'Priorität nicht bestätigt',
  priority: 'Priorität',
  incidents: 'Störungen',
  allIncidents: 'Alle Störungen',
  toWhatIsOpen: 'Zu dem, was offen ist',
  catalogue: 'Katalog',
  templates: 'Vorlagen',
  users: 'Konten',
  settings: 'Einstellungen',
  audit: 'Protokoll',
  account: 'Mein Konto',
  menu: 'Menü',
  areas: 'Bereiche',
  restricted: 'Vertraulich',
  translationPending: 'Übersetzung fehlt',
};

export const deskWords: Record<Language, DeskWords> = { en, de };
