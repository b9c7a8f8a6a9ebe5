/** What a field of a report is called, for hints and lists that point at it. */
import { type Language, milestones, reportSections } from '../../db/words.ts';
import { reportWords } from './reports.ts';

const en = {
  title: 'Title',
  change: 'What this version changes',
  priority: 'Priority of the incident',
  owner: 'Owner',
  ownerFunction: 'Owner, for readers',
  author: 'Author',
  authorFunction: 'Author, for readers',
  authorReason: 'Why this author',
  audience: 'Audience',
  analysisSource: 'Source of the analysis',
  isPreliminary: 'Preliminary',
  entry: (number: number) => `Timeline, public entry ${number}`,
  item: (number: number) => `Promise ${number}`,
  actions: 'Actions',
  milestone: (name: string) => `Milestones: ${name}`,
  report: 'Report',
};

const de: typeof en = {
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

const own: Record<Language, typeof en> = { en, de };

/** The name of the place that a refusal or a finding is at: "Why it happened", "Timeline, public entry 2". */
export function placeName(path: string, language: Language): string {
  const [first = '', second = ''] = path.split('.');
  const words = own[language];
  const reports = reportWords[language];
  const section = first === 'sections' && reportSections.find((one) => one === second);
  if (section) return reports.section[section];
  const milestone = first === 'milestones' && milestones.find((one) => one === second);
  if (milestone) return words.milestone(reports.milestone[milestone]);
  if (first === 'suppliers') return reports.suppliers;
  if (first === 'entries') return words.entry(Number(second) + 1);
  if (first === 'remediation' && second === '') return words.actions;
  if (first === 'remediation') return words.item(Number(second) + 1);
  const named: Record<string, unknown> = words;
  const name = named[first];
  return typeof name === 'string' ? name : words.report;
}
