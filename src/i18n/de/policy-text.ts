import type { policyText as en } from '../en/policy-text.ts';
import { span } from '../policy-section.ts';

const time = (minutes: number): string =>
  span(minutes, { minute: ['Minute', 'Minuten'], hour: ['Stunde', 'Stunden'], day: ['Tag', 'Tage'] });

export const policyText: typeof en = (settings) => {
  const within = (minutes: number): string => `innerhalb von ${time(minutes).replace(/Tage$/, 'Tagen')}`;
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
          ? `Wir kündigen Wartungen mindestens ${time(notice * 60)} vor ihrem Beginn an. Kurzfristigere Arbeiten sind als Notfallwartung gekennzeichnet.`
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
};
