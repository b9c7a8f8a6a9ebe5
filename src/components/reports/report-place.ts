/** Where something that keeps a report from its next step is mended: what it is called, and the address of its field. */
import { isLanguage, type Language } from '../../../db/words.ts';
import { ownFirst } from '../../i18n/own-first.ts';
import { placeName } from '../../i18n/report-places.ts';
import { wordsIn } from '../../i18n/words.ts';
import { adminPaths } from '../../paths.ts';

export interface ReportOf {
  report: string;
  incident: string;
  /** The problem that holds the actions; null where none is open. */
  problem: string | null;
}

/** `path` is that of the refusal: "sections.why.de", "milestones.started", "remediation.0.owner" …; `offered` are the languages that the editor asks. */
export function reportPlace(
  path: string,
  of: ReportOf,
  { language, offered }: { language: Language; offered: readonly Language[] },
): { name: string; href: string } {
  const [first = '', second = '', third = ''] = path.split('.');
  const code = [second, third].find(isLanguage);
  const [asked = language] = ownFirst(language, offered);
  const suffix = code ? `, ${wordsIn[language].terms.language[code]}` : '';
  return { name: placeName(path, language) + suffix, href: hrefOf(first, second, code ?? asked, of) };
}

function hrefOf(first: string, second: string, code: string, of: ReportOf): string {
  const editor = (id: string): string => `${adminPaths.reportText(of.report)}#${id}`;
  switch (first) {
    case 'sections':
      return editor(`f-sections-${second}-${code}-text`);
    case 'milestones':
      return editor(`f-milestones-${second}`);
    case 'remediation':
    case 'commitments':
      return of.problem ? adminPaths.problem(of.problem) : adminPaths.problems();
    case 'priority':
      return adminPaths.incident(of.incident);
    case 'suppliers':
      return editor('suppliers');
    case 'entries':
      return editor('timeline');
    case 'title':
    case 'change':
    case 'ownerFunction':
    case 'authorFunction':
      return editor(`f-${first}-${code}`);
    default:
      return editor(`f-${first}`);
  }
}
