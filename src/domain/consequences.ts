import type { Consequences } from './core/consequences.ts';
import { planAnew } from './incidents/maintenance/replan.ts';
import { oweReleasedReport } from './reports/obligations/owe-released-report.ts';
import { followPriority, setReportDue } from './reports/obligations/owe-report.ts';
import { partHidden, partReleased } from './reports/problems/part-problem.ts';

/**
 * What a later room does in the transaction of an earlier one: the one place where the order of the rooms is turned round.
 * An earlier room says what happened (`follow` in `core/consequences.ts`) and knows nobody of these.
 */
export const consequences: Consequences = {
  wordingChanged: [planAnew],
  endTold: [setReportDue],
  classified: [followPriority],
  restricted: [partHidden],
  released: [partReleased, oweReleasedReport],
};
