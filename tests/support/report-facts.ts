import type { ReportFacts } from '../../src/domain/reports/obligations/obligation.ts';

/** A report that is required and not begun, changed as the test says. */
export const reportFacts = (more: Partial<ReportFacts> = {}): ReportFacts => ({
  state: 'owed',
  isRequired: true,
  decideBy: null,
  dueAt: null,
  closedAt: null,
  publishedAt: null,
  publishedFor: null,
  ...more,
});
