/** Words for incidents of which nothing is public, written by hand in both languages. */
import type { IncidentKind, Language } from '../../db/words.ts';

const en = {
  list: 'Affects customers, not public',
  since: (age: string) => `for ${age}`,
  mustBePublic: 'must be public',
  publishFirst: 'Publish first update',
  writeFirst: 'Write first text',
  giveReason: 'Give a reason',
  notPublic: 'Not public',
  nothingPublic: 'Nothing of this is public.',
  affects: 'Customers feel this',
  affectsNot: 'Customers do not feel this',
  setAffects: 'Customers do feel it',
  setAffectsNot: 'Customers do not feel it',
  reason: 'Why it stays out of the public page',
  reasonHint: 'For example: opened in error, or customers were told otherwise. It goes into the audit.',
  saveReason: 'Save reason',
  reasonIs: (reason: string, time: string) => `Stays out of the public page since ${time}: ${reason}`,
  revoke: 'Take the reason back',
  mistake: {
    incident: {
      undo: 'Undo because it was a mistake: customers are not affected',
      tick: 'It was a mistake: customers are not affected',
      reason: 'It was a mistake, taken back before it was public. Customers are not affected.',
    },
    maintenance: {
      undo: 'Undo because it was a mistake: nothing is planned',
      tick: 'It was a mistake: nothing is planned',
      reason: 'It was a mistake, taken back before it was public. Nothing is planned.',
    },
  } satisfies Record<IncidentKind, Record<'undo' | 'tick' | 'reason', string>>,
  restrict: 'Restrict',
  restrictHint: 'For security and privacy: then only you, named people and the security role see it.',
  labels: 'Labels',
  labelsHint: 'One a line, in your team’s words. Never public.',
  saveLabels: 'Save labels',
  recordTitle: 'Record an incident without publishing',
  recordIntro:
    'It stands in the list “Affects customers, not public” until somebody publishes or gives a reason.',
  restrictedTitle: 'Record a security or privacy incident',
  restrictedIntro:
    'Nothing of it becomes public. Only you, the people you name and the security role see it.',
  tellSecurity: 'Then tell security at once:',
  category: 'Category',
  internalTitle: 'What you call it',
  internalTitleHint: 'Never public.',
  startedAt: 'Started',
  startedAtHint: (zone: string) => `Empty: now. Times in ${zone}.`,
  impact: 'Impact',
  readers: 'Who else may see it',
  readersHint: 'The security role sees it anyway.',
  record: 'Record',
};

export type NotPublicWords = typeof en;

const de: NotPublicWords = {
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

export const notPublicWords: Record<Language, NotPublicWords> = { en, de };
