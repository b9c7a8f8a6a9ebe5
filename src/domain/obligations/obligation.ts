/** How the report of an incident stands, in one place for page, desk, due list and closing (R-076, R-077, C-1). Pure. */
import type { Priority } from '../../../db/words.ts';
import { isPublished } from '../core/visibility.ts';

export interface Obligation {
  priority: Priority;
  isRequired: boolean | null;
  closedAt: Date | null;
  publishedAt: Date | null;
}

/** A P1 whose report nobody decided on: it is owed, unless a manager says no. */
export const isUndecided = (report: Obligation): boolean =>
  report.priority === 'P1' && report.isRequired === null && report.closedAt === null && !isPublished(report);

/** A report is to be written: decided, of a P0, or of a P1 as long as no manager says no. */
export const isOwed = ({ priority, isRequired, closedAt }: Omit<Obligation, 'publishedAt'>): boolean =>
  closedAt === null && (isRequired === true || (isRequired === null && priority === 'P1'));
