import type { desk as en } from '../en/desk.ts';

export const desk: typeof en = {
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
