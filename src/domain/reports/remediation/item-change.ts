import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import type { Given } from '../../core/act.ts';
import type { AuditAction } from '../../core/audit/action.ts';
import { addDays } from '../../core/calendar.ts';
import { invalid } from '../../core/errors.ts';
import { type FoundProblem, restrictedTo } from '../problems/find-problem.ts';
import { voidReview } from '../reviews/void-review.ts';
import { isPromised } from './is-promised.ts';

/** A deadline further away than this is a slip of the finger: 2062 for 2026. */
const farthestDays = 1_826;

/** Refuses a deadline before `today` ("2026-11-20", in the page's zone) or more than five years after it. */
export function refuseWrongDay(dueOn: string, today: string, path = 'dueOn'): void {
  if (dueOn < today) throw invalid(path, 'in_past');
  if (dueOn > addDays(today, farthestDays)) throw invalid(path, 'too_late', { days: farthestDays });
}

/** Writes values of an item as its next version. */
export const update = (
  tx: Transaction,
  id: string,
  values: Partial<Transaction['tables']['remediationItems']['$inferInsert']>,
) => {
  const { remediationItems } = tx.tables;
  return tx.db
    .update(remediationItems)
    .set({ ...values, version: sql`${remediationItems.version} + 1` })
    .where(eq(remediationItems.id, id));
};

/** Audits a change of the plan, and takes reports under review back to draft: the plan is part of what is approved. */
export async function changed<Audits extends AuditAction>(
  { tx, context, audit }: Given<Audits>,
  found: FoundProblem,
  entry: { action: Audits; id: string; before?: unknown; after: unknown },
): Promise<void> {
  await audit({
    action: entry.action,
    subjectType: 'remediation',
    subjectId: entry.id,
    before: entry.before,
    after: entry.after,
    restrictedTo: restrictedTo(found),
  });
  await voidReview(tx, context, found.incidents);
  if (await isPromised(tx, entry.id)) tx.touch('reports');
}
