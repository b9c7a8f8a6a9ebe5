import type { publishing as en } from '../en/publishing.ts';

export const publishing: typeof en = {
  publishing: (what) => `„${what}“ wird veröffentlicht`,
  at: (time) => `um ${time}`,
  inSeconds: 'in {s} s',
  undo: 'Zurücknehmen',
  publishNow: 'Jetzt veröffentlichen',
  published: 'Veröffentlicht. Es steht auf der öffentlichen Seite.',
  dueBy: (time) => `Nächste öffentliche Meldung bis ${time}`,
  dueIn: 'Nächste öffentliche Meldung in {t}',
  dueShort: 'Nächste Meldung in {t}',
  by: (time) => `(bis ${time})`,
  overdue: 'Die zugesagte Meldung ist überfällig.',
  followUps: 'Vorbereitete Meldungen',
  resolve: 'Behoben melden',
  openAlready: 'Schon offen',
  postThere: (title) => `Schon offen: ${title}. Schreiben Sie dort die nächste Meldung.`,
  keys: 'Solange eine Kachel den Fokus hat: Ihre Zahl öffnet sie, Pfeiltasten wechseln, ein Buchstabe öffnet die nächste Meldung einer offenen Störung, mit Umschalt deren Ende.',
  addTranslation: (title) => `Fehlende Übersetzung ergänzen: ${title}`,
  draftOf: (time) => `Entwurf von ${time}. Nur Sie sehen ihn.`,
  discard: 'Verwerfen',
  saveDraft: 'Entwurf speichern',
  drafts: 'Ihre Entwürfe',
  saved: 'Entwurf gespeichert.',
  offline: 'Keine Verbindung. Ihr Entwurf bleibt auf diesem Gerät.',
  offlineUnkept:
    'Keine Verbindung. Es wurde nichts gesendet; lassen Sie diese Seite offen und versuchen Sie es erneut.',
  kept: 'Auf diesem Gerät liegt ein Entwurf.',
  use: 'Übernehmen',
  ended:
    'Ihre Sitzung ist abgelaufen. Veröffentlichen oder speichern Sie: Sie können sich anmelden, ohne den Text zu verlieren.',
  noAdvice: 'Kunden erfahren nicht, was sie tun können. Wenn es etwas gibt, sagen Sie es.',
  tints: 'Was gesagt wird; die markierten Teile kommen aus Ihrer Auswahl',
  sameCard: (inLanguage) => `Dieselbe Karte ${inLanguage}`,
  shortcuts:
    'Strg+Eingabe veröffentlicht. Alt+↓ und Alt+↑ ändern die erste Auswahl, mit Umschalt die zweite.',
  afterHold: (seconds) =>
    seconds > 0
      ? `Auf der Seite und in allen Feeds ${seconds} s nach dem Veröffentlichen.`
      : 'Auf der Seite und in allen Feeds, sobald Sie veröffentlichen.',
  ticket: 'Für Support-Ticket kopieren',
  ticketIn: (inLanguage) => `Text ${inLanguage}`,
  copy: 'Kopieren',
  copied: 'Kopiert.',
  label: 'Beschriftung',
  correctionParts:
    'Aus diesen beiden Aussagen entsteht der Hinweis für die Leser, wenn Sie unten keinen schreiben.',
  wrong: 'Diese frühere Aussage war falsch',
  right: 'Richtig ist',
};
