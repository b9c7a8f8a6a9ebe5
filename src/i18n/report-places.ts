import { type Language, milestones, reportSections } from '../../db/words.ts';
import { wordsIn } from './words.ts';

/** The name of the place that a refusal or a finding is at: "Why it happened", "Timeline, public entry 2". */
export function placeName(path: string, language: Language): string {
  const [first = '', second = ''] = path.split('.');
  const words = wordsIn[language].reportPlaces;
  const reports = wordsIn[language].reports;
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
