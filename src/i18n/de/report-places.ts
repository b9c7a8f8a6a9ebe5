import type { reportPlaces as en } from '../en/report-places.ts';

export const reportPlaces: typeof en = {
  title: 'Titel',
  change: 'Was diese Fassung ändert',
  priority: 'Priorität der Störung',
  owner: 'Verantwortlich',
  ownerFunction: 'Verantwortlich, für Leser',
  author: 'Verfasst von',
  authorFunction: 'Verfasst von, für Leser',
  authorReason: 'Warum diese Person schreibt',
  audience: 'Leserkreis',
  analysisSource: 'Quelle der Analyse',
  isPreliminary: 'Vorläufig',
  entry: (number) => `Ablauf, öffentlicher Eintrag ${number}`,
  item: (number) => `Zusage ${number}`,
  actions: 'Maßnahmen',
  milestone: (name) => `Meilensteine: ${name}`,
  report: 'Bericht',
};
