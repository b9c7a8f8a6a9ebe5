import type { notPublic as en } from '../en/not-public.ts';

export const notPublic: typeof en = {
  list: 'Betrifft Kunden, nicht öffentlich',
  since: (age) => `seit ${age}`,
  mustBePublic: 'muss öffentlich sein',
  publishFirst: 'Erste Meldung veröffentlichen',
  writeFirst: 'Ersten Text schreiben',
  giveReason: 'Grund angeben',
  notPublic: 'Nicht öffentlich',
  nothingPublic: 'Nichts davon ist öffentlich.',
  affects: 'Kunden spüren das',
  affectsNot: 'Kunden spüren das nicht',
  setAffects: 'Kunden spüren es doch',
  setAffectsNot: 'Kunden spüren es nicht',
  reason: 'Warum es nicht auf die öffentliche Seite kommt',
  reasonHint:
    'Zum Beispiel: irrtümlich angelegt, oder Kunden wurden anders informiert. Es steht danach im Protokoll.',
  saveReason: 'Grund speichern',
  reasonIs: (reason, time) => `Nicht auf der öffentlichen Seite seit ${time}: ${reason}`,
  revoke: 'Grund zurücknehmen',
  mistake: {
    incident: {
      undo: 'Zurücknehmen, weil es ein Irrtum war: Kunden sind nicht betroffen',
      tick: 'Es war ein Irrtum: Kunden sind nicht betroffen',
      reason:
        'Es war ein Irrtum und wurde vor der Veröffentlichung zurückgenommen. Kunden sind nicht betroffen.',
    },
    maintenance: {
      undo: 'Zurücknehmen, weil es ein Irrtum war: Es ist nichts geplant',
      tick: 'Es war ein Irrtum: Es ist nichts geplant',
      reason: 'Es war ein Irrtum und wurde vor der Veröffentlichung zurückgenommen. Es ist nichts geplant.',
    },
  },
  restrict: 'Vertraulich machen',
  restrictHint:
    'Für Sicherheit und Datenschutz: Dann sehen es nur Sie, benannte Personen und die Rolle Sicherheit.',
  labels: 'Etiketten',
  labelsHint: 'Eines je Zeile, in den Worten Ihres Teams. Nie öffentlich.',
  saveLabels: 'Etiketten speichern',
  recordTitle: 'Störung festhalten, ohne zu veröffentlichen',
  recordIntro:
    'Sie steht in der Liste „Betrifft Kunden, nicht öffentlich“, bis jemand veröffentlicht oder einen Grund angibt.',
  restrictedTitle: 'Sicherheits- oder Datenschutzvorfall festhalten',
  restrictedIntro:
    'Nichts davon wird öffentlich. Nur Sie, von Ihnen benannte Personen und die Rolle Sicherheit sehen es.',
  tellSecurity: 'Verständigen Sie danach sofort die Sicherheit:',
  category: 'Kategorie',
  internalTitle: 'Wie Sie es nennen',
  internalTitleHint: 'Nie öffentlich.',
  startedAt: 'Beginn',
  startedAtHint: (zone) => `Leer: jetzt. Zeiten in ${zone}.`,
  impact: 'Auswirkung',
  readers: 'Wer es noch sehen darf',
  readersHint: 'Die Rolle Sicherheit sieht es ohnehin.',
  record: 'Festhalten',
};
