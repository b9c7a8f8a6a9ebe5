/** Words of the settings and of the set-up, written by hand in both languages. */
import type { Language } from '../../db/words.ts';
import type { SettingKey } from '../domain/settings/settings.ts';

const en = {
  title: 'Settings',
  intro: 'What your organisation decided. A change shows on every public page at once.',
  readOnly: 'Administrators change these.',
  groups: {
    organisation: 'Organisation',
    colours: 'Colours',
    promises: 'Promises',
    management: 'Management',
    desk: 'Desk',
    words: 'Words',
    reports: 'Reports',
    availability: 'Availability',
    closing: 'Times to close',
  },
  groupHints: {
    organisation: '',
    colours:
      'The colour of links and accents, as #rrggbb. It needs a contrast of at least 4.5:1 to the paper.',
    promises:
      'Minutes until the next update that a message promises, by priority. While an incident is monitored they double. A reviewed P3 promises nothing.',
    management: 'Minutes until management hears again while a P0 or P1 is open.',
    desk: 'How long an update can be taken back before it is public, and what is asked of planned maintenance. Maintenance at shorter notice is marked as emergency work. 0 turns the hold or the reminder off.',
    words:
      'One a line. The first list blocks publishing, for example names of customers and projects. The second lets host names and addresses pass that are public anyway.',
    reports:
      'Working days, Monday to Friday: from the resolution of a P0 to its report, and from its publication to the meeting.',
    availability:
      'How much a minute counts as down, from 0 to 1. A major outage always counts whole, maintenance never.',
    closing: 'Minutes until a ticket must be closed, by priority. A category can say its own.',
  },
  labels: {
    organisation_name: 'Name',
    time_zone: 'Time zone of the page',
    support_contact: 'Contact for support',
    security_contact: 'Contact for security',
    accent_light: 'Accent on light paper',
    accent_dark: 'Accent on dark paper',
    promise_minutes_p0: 'P0',
    promise_minutes_p1: 'P1',
    promise_minutes_p2: 'P2',
    promise_minutes_not_reviewed: 'Not reviewed',
    hold_seconds: 'Hold before publishing, in seconds',
    maintenance_notice_hours: 'Notice, in hours',
    maintenance_reminder_minutes: 'Reminder before the start, in minutes',
    management_minutes_p0: 'P0',
    management_minutes_p1: 'P1',
    report_working_days: 'Report due',
    meeting_working_days: 'Meeting due',
    redaction_terms: 'Words that are never published',
    public_names: 'Names of ours that may be published',
    availability_weight_partial: 'Partial outage',
    availability_weight_degraded: 'Degraded',
    close_minutes_p0: 'P0',
    close_minutes_p1: 'P1',
    close_minutes_p2: 'P2',
    close_minutes_p3: 'P3',
  } satisfies Record<SettingKey, string>,
  contactHint: 'An e-mail address or an https address.',
  contrast: (ratio: string) => `Saved: contrast ${ratio}:1`,
  sample: 'Read the report',
  minutes: (value: string, inWords: string) => `${value} minutes (${inWords})`,
  minutesInWords: (inWords: string) => `Saved: ${inWords}`,

  setupTitle: 'Set up the status page',
  setupIntro:
    'You become the first administrator and manager. The organisation and its time zone can be changed later.',
  setupOrganisation: 'Your organisation',
  setupPerson: 'You',
  organisationName: 'Name of the organisation',
  timeZone: 'Time zone of the page',
  timeZoneHint: 'Times are shown in it first, with UTC beside them.',
  yourName: 'Your name',
  password: 'Password',
  passwordHint: 'At least 12 characters.',
  language: 'Your language',
  finish: 'Set up',
  linkUsed: 'This link does not work any more',
  signIn: 'Sign in',
};

export type SettingWords = typeof en;

const de: SettingWords = {
  title: 'Einstellungen',
  intro: 'Was Ihre Organisation festgelegt hat. Eine Änderung steht sofort auf jeder öffentlichen Seite.',
  readOnly: 'Das ändert die Administration.',
  groups: {
    organisation: 'Organisation',
    colours: 'Farben',
    promises: 'Zusagen',
    management: 'Management',
    desk: 'Arbeitsplatz',
    words: 'Wörter',
    reports: 'Berichte',
    availability: 'Verfügbarkeit',
    closing: 'Zeit bis zum Schließen',
  },
  groupHints: {
    organisation: '',
    colours:
      'Die Farbe von Links und Akzenten, als #rrggbb. Sie braucht zum Papier einen Kontrast von mindestens 4,5:1.',
    promises:
      'Minuten bis zur nächsten Meldung, die eine Meldung zusagt, je Priorität. Während eine Störung beobachtet wird, verdoppeln sie sich. Eine geprüfte P3 sagt nichts zu.',
    management: 'Minuten, bis das Management wieder etwas hört, solange eine P0 oder P1 offen ist.',
    desk: 'Wie lange eine Meldung zurückgenommen werden kann, bevor sie öffentlich ist, und was für geplante Wartungen gilt. Eine kürzer angekündigte Wartung gilt als Notfallwartung. 0 schaltet Wartezeit oder Erinnerung ab.',
    words:
      'Eines je Zeile. Die erste Liste sperrt das Veröffentlichen, zum Beispiel Namen von Kunden und Projekten. Die zweite lässt Rechnernamen und Adressen durch, die ohnehin öffentlich sind.',
    reports:
      'Arbeitstage, Montag bis Freitag: von der Behebung einer P0 bis zum Bericht und von dessen Veröffentlichung bis zur Besprechung.',
    availability:
      'Wie sehr eine Minute als Ausfall zählt, von 0 bis 1. Ein Ausfall zählt immer ganz, eine Wartung nie.',
    closing: 'Minuten, bis ein Ticket geschlossen sein muss, je Priorität. Eine Kategorie kann eigene haben.',
  },
  labels: {
    organisation_name: 'Name',
    time_zone: 'Zeitzone der Seite',
    support_contact: 'Kontakt zum Support',
    security_contact: 'Kontakt zur Sicherheit',
    accent_light: 'Akzent auf hellem Papier',
    accent_dark: 'Akzent auf dunklem Papier',
    promise_minutes_p0: 'P0',
    promise_minutes_p1: 'P1',
    promise_minutes_p2: 'P2',
    promise_minutes_not_reviewed: 'Nicht geprüft',
    hold_seconds: 'Wartezeit vor dem Veröffentlichen, in Sekunden',
    maintenance_notice_hours: 'Ankündigungsfrist, in Stunden',
    maintenance_reminder_minutes: 'Erinnerung vor dem Beginn, in Minuten',
    management_minutes_p0: 'P0',
    management_minutes_p1: 'P1',
    report_working_days: 'Bericht fällig',
    meeting_working_days: 'Besprechung fällig',
    redaction_terms: 'Wörter, die nie veröffentlicht werden',
    public_names: 'Eigene Namen, die öffentlich sein dürfen',
    availability_weight_partial: 'Teilausfall',
    availability_weight_degraded: 'Eingeschränkt',
    close_minutes_p0: 'P0',
    close_minutes_p1: 'P1',
    close_minutes_p2: 'P2',
    close_minutes_p3: 'P3',
  },
  contactHint: 'Eine E-Mail-Adresse oder eine https-Adresse.',
  contrast: (ratio) => `Gespeichert: Kontrast ${ratio}:1`,
  sample: 'Zum Bericht',
  minutes: (value, inWords) => `${value} Minuten (${inWords})`,
  minutesInWords: (inWords) => `Gespeichert: ${inWords}`,

  setupTitle: 'Statusseite einrichten',
  setupIntro:
    'Sie erhalten das erste Konto mit den Rollen Administration und Management. Organisation und Zeitzone lassen sich später ändern.',
  setupOrganisation: 'Ihre Organisation',
  setupPerson: 'Sie',
  organisationName: 'Name der Organisation',
  timeZone: 'Zeitzone der Seite',
  timeZoneHint: 'In ihr stehen Zeiten zuerst, UTC daneben.',
  yourName: 'Ihr Name',
  password: 'Passwort',
  passwordHint: 'Mindestens 12 Zeichen.',
  language: 'Ihre Sprache',
  finish: 'Einrichten',
  linkUsed: 'Dieser Link gilt nicht mehr',
  signIn: 'Anmelden',
};

export const settingWords: Record<Language, SettingWords> = { en, de };
