/** Words around publishing: hold, timer, drafts, follow-ups, tickets. Written by hand in both languages. */
import type { Language } from '../../db/words.ts';

const en = {
  publishing: (what: string) => `Publishing “${what}”`,
  at: (time: string) => `at ${time}`,
  inSeconds: 'in {s} s',
  undo: 'Undo',
  publishNow: 'Publish now',
  published: 'Published. It is on the public page.',
  dueBy: (time: string) => `Next public update by ${time}`,
  dueIn: 'Next public update in {t}',
  dueShort: 'Next update in {t}',
  by: (time: string) => `(by ${time})`,
  overdue: 'The promised update is overdue.',
  followUps: 'Prepared follow-ups',
  resolve: 'Resolve',
  openAlready: 'Already open:',
  postThere: (title: string) => `Already open: ${title}. Post the next update there.`,
  keys: 'While a tile has the focus: its number opens it, arrow keys move, a letter opens the next update of an open incident, Shift and the letter its end.',
  addTranslation: (title: string) => `Add the missing translation: ${title}`,
  draftOf: (time: string) => `Draft of ${time}. Only you see it.`,
  discard: 'Discard',
  saveDraft: 'Save draft',
  drafts: 'Your drafts',
  saved: 'Draft saved.',
  offline: 'No connection. Your draft is kept on this device.',
  offlineUnkept: 'No connection. Nothing was sent; leave this page open and try again.',
  kept: 'A draft is kept on this device.',
  use: 'Use it',
  ended: 'Your session has ended. Publish or save: you can sign in without losing this text.',
  noAdvice: 'Customers are not told what they can do. If there is anything, say it.',
  tints: 'What will be said; the marked parts come from your choices',
  otherLanguage: {
    en: 'The same card in English',
    de: 'The same card in German',
  } satisfies Record<Language, string>,
  shortcuts: 'Ctrl+Enter publishes. Alt+↓ and Alt+↑ change the first choice, with Shift the second.',
  afterHold: (seconds: number) =>
    seconds > 0
      ? `On the page and in all feeds ${seconds} s after you publish.`
      : 'On the page and in all feeds as soon as you publish.',
  ticket: 'Copy for support ticket',
  ticketIn: { en: 'Text in English', de: 'Text in German' } satisfies Record<Language, string>,
  copy: 'Copy',
  copied: 'Copied.',
  label: 'Label',
  correctionParts: 'The note for readers is made of these two statements where you write none below.',
  wrong: 'This earlier statement was wrong',
  right: 'The correct statement is',
};

export type PublishingWords = typeof en;

const de: PublishingWords = {
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
  openAlready: 'Schon offen:',
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
  otherLanguage: { en: 'Dieselbe Karte auf Englisch', de: 'Dieselbe Karte auf Deutsch' },
  shortcuts:
    'Strg+Eingabe veröffentlicht. Alt+↓ und Alt+↑ ändern die erste Auswahl, mit Umschalt die zweite.',
  afterHold: (seconds) =>
    seconds > 0
      ? `Auf der Seite und in allen Feeds ${seconds} s nach dem Veröffentlichen.`
      : 'Auf der Seite und in allen Feeds, sobald Sie veröffentlichen.',
  ticket: 'Für Support-Ticket kopieren',
  ticketIn: { en: 'Text auf Englisch', de: 'Text auf Deutsch' },
  copy: 'Kopieren',
  copied: 'Kopiert.',
  label: 'Beschriftung',
  correctionParts:
    'Aus diesen beiden Aussagen entsteht der Hinweis für die Leser, wenn Sie unten keinen schreiben.',
  wrong: 'Diese frühere Aussage war falsch',
  right: 'Richtig ist',
};

export const publishingWords: Record<Language, PublishingWords> = { en, de };
