/** What a field of a report is called, for hints and lists that point at it. */
import { type Language, milestones, reportSections } from '../../db/words.ts';
import { reportWords } from './reports.ts';

const own = {
  en: {
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
  },
  de: {
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
    entry: (number: number) => `Ablauf, öffentlicher Eintrag ${number}`,
    item: (number: number) => `Zusage ${number}`,
    actions: 'Maßnahmen',
    milestone: (name: string) => `Meilensteine: ${name}`,
    report: 'Bericht',
  },
} satisfies Record<Language, object>;

/** The name of the place that a problem or a finding is at: "Why it happened", "Timeline, public entry 2". */
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
  const name = (words as Record<string, unknown>)[first];
  return typeof name === 'string' ? name : words.report;
}
