/** Where something that keeps a report from its next step is mended: what it is called, and the address of its field. */
import { type Language, milestones, reportSections } from '../../../db/words.ts';
import { reviewWords } from '../../i18n/report-review.ts';
import { reportWords } from '../../i18n/reports.ts';
import { adminPaths } from '../../paths.ts';

export interface ReportOf {
  report: string;
  incident: string;
  /** The problem that holds the actions; null where none is open. */
  problem: string | null;
}

/** `path` is that of the refusal: "sections.why.de", "milestones.started", "remediation.0.owner" … */
export function reportPlace(path: string, of: ReportOf, language: Language): { name: string; href: string } {
  const words = reviewWords[language];
  const reports = reportWords[language];
  const [first = '', second = '', third = ''] = path.split('.');
  const editor = (id: string): string => `${adminPaths.reportText(of.report)}#f-${id}`;
  const inLanguage = (code: string): string =>
    code === 'en' || code === 'de' ? `, ${words.languages[code]}` : '';
  const code = (given: string): string => given || language;
  const section = reportSections.find((one) => one === second);
  if (first === 'sections' && section)
    return {
      name: reports.section[section] + inLanguage(third),
      href: editor(`sections-${section}-${code(third)}-text`),
    };
  const milestone = milestones.find((one) => one === second);
  if (first === 'milestones' && milestone)
    return { name: reports.milestone[milestone], href: editor(`milestones-${milestone}`) };
  if (first === 'remediation' || first === 'commitments')
    return {
      name: words.path.remediation ?? '',
      href: of.problem ? adminPaths.problem(of.problem) : adminPaths.problems(),
    };
  if (first === 'priority') return { name: reports.priority, href: adminPaths.incident(of.incident) };
  if (first === 'entries') return { name: reports.timeline, href: editor('entries') };
  if (first === 'audience') return { name: words.audience, href: editor('audience') };
  if (first === 'ownerFunction') return { name: reports.owner, href: editor(`ownerFunction-${language}`) };
  if (first === 'authorFunction') return { name: reports.author, href: editor(`authorFunction-${language}`) };
  const isPair = first === 'title' || first === 'change';
  return {
    name: (words.path[first] ?? first) + inLanguage(second),
    href: editor(isPair ? `${first}-${code(second)}` : first),
  };
}
