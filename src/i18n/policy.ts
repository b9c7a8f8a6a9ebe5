/** What we promise customers, in both languages: written by hand, with the figures of the settings. */
import type { Language } from '../../db/words.ts';
import type { Settings } from '../domain/core/settings/settings.ts';

/** The day on which these words were last changed. */
export const policyWrittenOn = '2026-11-20';

export interface PolicySection {
  id:
    | 'priorities'
    | 'cadence'
    | 'updates'
    | 'corrections'
    | 'maintenance'
    | 'reports'
    | 'customers'
    | 'suppliers';
  heading: string;
  text: string[];
  /** Terms with what they mean. */
  terms?: [term: string, meaning: string][];
  /** What it consists of. */
  list?: string[];
}

const en = {
  title: 'How we keep you informed',
  intro:
    'This is our policy for incidents and maintenance: what you can expect from us, and how you can help.',
  policy: 'Policy',
  link: 'How we inform you',
  revision: (revision: number) => `Revision ${revision}`,
  asOf: (day: string) => `as of ${day}`,
  approved: (day: string) => `Approved by management on ${day}.`,
  notApproved: 'Not yet approved here. It applies already; management still has to approve this revision.',
  asJson: 'This policy as JSON',
  approve: 'Approve this revision',
  approvedBy: (name: string, day: string) => `Approved by ${name} on ${day}.`,
  approveHint:
    'You approve the text and the figures on this page, in both languages. If either changes, the page says so until it is approved again.',
  onlyManagers: 'Managers approve it.',
  toSettings: 'Change the figures',
  onPublicPage: 'On the public page',
  inLanguage: 'The German text',
};
export type PolicyWords = typeof en;

const de: PolicyWords = {
  title: 'So halten wir Sie auf dem Laufenden',
  intro:
    'Das sind unsere Regeln für Störungen und Wartungen: was Sie von uns erwarten können und wie Sie helfen können.',
  policy: 'Regeln',
  link: 'Wie wir informieren',
  revision: (revision) => `Fassung ${revision}`,
  asOf: (day) => `Stand ${day}`,
  approved: (day) => `Vom Management am ${day} genehmigt.`,
  notApproved:
    'Hier noch nicht genehmigt. Die Fassung gilt bereits; das Management muss sie noch genehmigen.',
  asJson: 'Diese Regeln als JSON',
  approve: 'Diese Fassung genehmigen',
  approvedBy: (name, day) => `Von ${name} am ${day} genehmigt.`,
  approveHint:
    'Sie genehmigen den Text und die Zahlen dieser Seite in beiden Sprachen. Ändert sich davon etwas, sagt die Seite das bis zur nächsten Genehmigung.',
  onlyManagers: 'Das Management genehmigt sie.',
  toSettings: 'Zahlen ändern',
  onPublicPage: 'Auf der öffentlichen Seite',
  inLanguage: 'Der englische Text',
};

export const policyWords: Record<Language, PolicyWords> = { en, de };

/** "15 minutes", "2 hours", "3 days": in the largest unit that is whole. */
function span(language: Language, minutes: number): string {
  const units = [
    { size: 1_440, en: ['day', 'days'], de: ['Tag', 'Tage'] },
    { size: 60, en: ['hour', 'hours'], de: ['Stunde', 'Stunden'] },
    { size: 1, en: ['minute', 'minutes'], de: ['Minute', 'Minuten'] },
  ] as const;
  const unit = units.find(({ size }) => minutes >= size && minutes % size === 0) ?? units[2];
  const count = minutes / unit.size;
  return `${count} ${unit[language][count === 1 ? 0 : 1]}`;
}

/** The sections of the policy with the figures as they stand now. */
export function policySections(language: Language, settings: Settings): PolicySection[] {
  return language === 'de' ? german(settings) : english(settings);
}

function english(settings: Settings): PolicySection[] {
  const within = (minutes: number): string => `within ${span('en', minutes)}`;
  const hold = settings.hold_seconds;
  const notice = settings.maintenance_notice_hours;
  return [
    {
      id: 'priorities',
      heading: 'What priorities mean',
      text: [
        'We judge every incident by its effect on customers. The priority decides how fast and how often we act and write.',
      ],
      terms: [
        [
          'P0',
          'Critical. Our application or API cannot be reached, or access is badly disturbed worldwide or in a major region; a main data centre is lost or seriously disturbed; a main network loses much of its traffic; a critical system does not work as it should.',
        ],
        [
          'P1',
          'High. The whole service is disturbed on and off, or more and more; an important function such as reporting is lost; an interface to a partner fails; a large customer or partner cannot work; customer data is damaged or lost; the service cannot be reached from outside sites.',
        ],
        [
          'P2',
          'Medium. The service is slow at times or in places; a fault of our systems that nobody notices yet; an outage at a single customer.',
        ],
        ['P3', 'Low. A question of operation or procedure, or a service request, with little or no effect.'],
      ],
    },
    {
      id: 'cadence',
      heading: 'How often we write',
      text: [
        'Every update says when the next one comes. If it does not come in time, this page says so by itself, and for how long.',
        'While we monitor a repair, these times double. During maintenance we write again by its planned end.',
      ],
      terms: [
        ['P0', within(settings.promise_minutes_p0)],
        ['P1', within(settings.promise_minutes_p1)],
        ['P2', within(settings.promise_minutes_p2)],
        ['P3', 'when there is news'],
        ['Not judged yet', within(settings.promise_minutes_not_reviewed)],
      ],
    },
    {
      id: 'updates',
      heading: 'What an update contains',
      text: [],
      list: [
        'what does not work, and for whom',
        'what you can do until it works again',
        'what we are doing',
        'when the next update comes',
        'at the end: what it was and how we repaired it',
      ],
    },
    {
      id: 'corrections',
      heading: 'Corrections',
      text: [
        hold > 0
          ? `Each update from our desk waits ${hold} ${hold === 1 ? 'second' : 'seconds'} before it is public; until then we can take it back.`
          : 'Each update is public at once.',
        'What is public stays. We correct mistakes in place, with the time of the correction, and the earlier wording stays readable.',
      ],
    },
    {
      id: 'maintenance',
      heading: 'Planned maintenance',
      text: [
        notice > 0
          ? `We announce maintenance at least ${span('en', notice * 60)} before it starts. Work at shorter notice is marked as emergency maintenance.`
          : 'We announce maintenance before it starts.',
        'Maintenance does not count against availability.',
      ],
    },
    {
      id: 'reports',
      heading: 'What a report contains',
      text: [
        'After a P0 we publish a report, and after a P1 unless management decides, with its reason, that none is needed. It is read and approved by management before.',
      ],
      list: [
        'what happened, when, and what it meant for customers',
        'how we found and repaired it',
        'the cause, and what contributed to it',
        'what we change so that it does not happen again, and by when',
      ],
    },
    {
      id: 'customers',
      heading: 'What you do as a customer',
      text: [],
      list: [
        'Report what you notice and do not find here: what, since when, and how many people it affects.',
        'Follow the advice in the updates until the service works again.',
        'Confirm the fix: tell us whether it works for you again. We close what you reported only then.',
      ],
    },
    {
      id: 'suppliers',
      heading: 'What you do as a supplier',
      text: [],
      list: [
        'Answer our escalations, at any hour that we agreed on.',
        'Deliver the cause of an incident in your area, and what you change.',
        'Name the items that are still open, and by when you close them.',
      ],
    },
  ];
}

function german(settings: Settings): PolicySection[] {
  const within = (minutes: number): string =>
    `innerhalb von ${span('de', minutes).replace(/Tage$/, 'Tagen')}`;
  const hold = settings.hold_seconds;
  const notice = settings.maintenance_notice_hours;
  return [
    {
      id: 'priorities',
      heading: 'Was die Prioritäten bedeuten',
      text: [
        'Wir bewerten jede Störung danach, was Kunden von ihr spüren. Die Priorität entscheidet, wie schnell und wie oft wir handeln und schreiben.',
      ],
      terms: [
        [
          'P0',
          'Kritisch. Unsere Anwendung oder Schnittstelle ist nicht erreichbar, oder der Zugang ist weltweit oder in einer Hauptregion stark gestört; ein wichtiges Rechenzentrum ist ausgefallen oder erheblich gestört; ein Hauptnetz verliert viel von seinem Verkehr; ein kritisches System arbeitet nicht, wie es soll.',
        ],
        [
          'P1',
          'Hoch. Der ganze Dienst ist zeitweise oder zunehmend gestört; eine wichtige Funktion wie das Berichtswesen fehlt; eine Schnittstelle zu einem Partner ist ausgefallen; ein großer Kunde oder Partner kann nicht arbeiten; Kundendaten sind beschädigt oder verloren; der Dienst ist von fremden Websites aus nicht erreichbar.',
        ],
        [
          'P2',
          'Mittel. Der Dienst ist manchmal oder an manchen Orten langsam; ein Fehler unserer Systeme, den noch niemand bemerkt; ein Ausfall bei einem einzelnen Kunden.',
        ],
        [
          'P3',
          'Niedrig. Eine Frage zu Betrieb oder Ablauf oder eine Serviceanfrage, mit wenig oder keiner Wirkung.',
        ],
      ],
    },
    {
      id: 'cadence',
      heading: 'Wie oft wir schreiben',
      text: [
        'Jede Meldung sagt, wann die nächste kommt. Kommt sie nicht rechtzeitig, sagt diese Seite das von selbst, und seit wann.',
        'Während wir eine Reparatur beobachten, verdoppeln sich diese Zeiten. Bei einer Wartung schreiben wir bis zu ihrem geplanten Ende.',
      ],
      terms: [
        ['P0', within(settings.promise_minutes_p0)],
        ['P1', within(settings.promise_minutes_p1)],
        ['P2', within(settings.promise_minutes_p2)],
        ['P3', 'wenn es Neues gibt'],
        ['Noch nicht bewertet', within(settings.promise_minutes_not_reviewed)],
      ],
    },
    {
      id: 'updates',
      heading: 'Was eine Meldung enthält',
      text: [],
      list: [
        'was nicht geht und für wen',
        'was Sie tun können, bis es wieder geht',
        'was wir tun',
        'wann die nächste Meldung kommt',
        'am Ende: was es war und wie wir es behoben haben',
      ],
    },
    {
      id: 'corrections',
      heading: 'Korrekturen',
      text: [
        hold > 0
          ? `Jede Meldung unserer Bereitschaft wartet ${hold} ${hold === 1 ? 'Sekunde' : 'Sekunden'}, bevor sie öffentlich wird; so lange können wir sie zurücknehmen.`
          : 'Jede Meldung ist sofort öffentlich.',
        'Was öffentlich ist, bleibt. Fehler korrigieren wir an Ort und Stelle und nennen den Zeitpunkt; der frühere Wortlaut bleibt lesbar.',
      ],
    },
    {
      id: 'maintenance',
      heading: 'Geplante Wartung',
      text: [
        notice > 0
          ? `Wir kündigen Wartungen mindestens ${span('de', notice * 60)} vor ihrem Beginn an. Kurzfristigere Arbeiten sind als Notfallwartung gekennzeichnet.`
          : 'Wir kündigen Wartungen vor ihrem Beginn an.',
        'Wartung zählt bei der Verfügbarkeit nicht mit.',
      ],
    },
    {
      id: 'reports',
      heading: 'Was ein Bericht enthält',
      text: [
        'Nach einer P0 veröffentlichen wir einen Bericht, nach einer P1 auch, falls das Management nicht mit Begründung entscheidet, dass keiner nötig ist. Das Management liest ihn vorher und genehmigt ihn.',
      ],
      list: [
        'was wann geschah und was es für Kunden bedeutete',
        'wie wir es gefunden und behoben haben',
        'die Ursache und was zu ihr beitrug',
        'was wir ändern, damit es nicht wieder geschieht, und bis wann',
      ],
    },
    {
      id: 'customers',
      heading: 'Was Sie als Kunde tun',
      text: [],
      list: [
        'Melden Sie, was Sie bemerken und hier nicht finden: was, seit wann, und wie viele Personen es betrifft.',
        'Folgen Sie den Hinweisen in den Meldungen, bis der Dienst wieder funktioniert.',
        'Bestätigen Sie die Behebung: Sagen Sie uns, ob es bei Ihnen wieder geht. Erst dann schließen wir, was Sie gemeldet haben.',
      ],
    },
    {
      id: 'suppliers',
      heading: 'Was Sie als Lieferant tun',
      text: [],
      list: [
        'Beantworten Sie unsere Eskalationen, zu jeder vereinbarten Zeit.',
        'Liefern Sie die Ursache einer Störung in Ihrem Bereich und was Sie ändern.',
        'Nennen Sie, was noch offen ist und bis wann Sie es erledigen.',
      ],
    },
  ];
}
