import { and, eq, ne } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import type { Transaction } from '../../../../db/store.ts';
import { appendAudit } from '../../core/audit/append.ts';
import type { Consequence } from '../../core/consequences.ts';
import type { Context } from '../../core/context.ts';
import { isUnreleased } from '../../core/visibility.ts';
import { voidReview } from '../reviews/void-review.ts';
import { openProblemOf } from './open-problem-of.ts';

/**
 * An incident that becomes restricted, or is released, leaves a problem that it shares with incidents that other people
 * see: one hidden incident hides the problem, and its plan is theirs. It then has a new problem, which its own readers
 * see. A problem that is its own goes with it.
 */
async function partProblem(
  tx: Transaction,
  context: Context,
  incident: { id: string; categoryId: string },
  { isHidden }: { isHidden: boolean },
): Promise<void> {
  const { problems, problemIncidents, incidents } = tx.tables;
  const linked = await tx.db
    .select({ id: problemIncidents.problemId })
    .from(problemIncidents)
    .where(eq(problemIncidents.incidentId, incident.id));
  const ids = linked.map(({ id }) => id);
  if (ids.length === 0) return;
  const others = await tx.db
    .select({
      id: problemIncidents.problemId,
      isRestricted: incidents.isRestricted,
      releasedAt: incidents.releasedAt,
    })
    .from(problemIncidents)
    .innerJoin(incidents, eq(problemIncidents.incidentId, incidents.id))
    .where(and(oneOf(problemIncidents.problemId, ids), ne(problemIncidents.incidentId, incident.id)));
  const isShared = (id: string): boolean =>
    others.some((other) => other.id === id && isUnreleased(other, context.now) !== isHidden);
  const own = ids.filter((id) => !isShared(id));
  await tx.db.update(problems).set({ isRestricted: true }).where(oneOf(problems.id, own));
  const shared = ids.filter(isShared);
  for (const id of shared) {
    await tx.db
      .delete(problemIncidents)
      .where(and(eq(problemIncidents.problemId, id), eq(problemIncidents.incidentId, incident.id)));
    await appendAudit(tx, context, {
      action: 'problem.incident-parted',
      subjectType: 'problem',
      subjectId: id,
      before: { incident: incident.id },
      restrictedTo: incident.id,
    });
  }
  if (shared.length === 0) return;
  const restricted = { ...incident, isRestricted: true };
  // The plan that was approved with its report is no longer its own.
  await voidReview(tx, context, [restricted]);
  await openProblemOf(tx, context, restricted);
}

/** An incident that becomes restricted hides its problem. */
export const partHidden: Consequence<'restricted'> = (tx, context, { incident }) =>
  partProblem(tx, context, incident, { isHidden: true });

/** One that is released shows it, to all of the team. */
export const partReleased: Consequence<'released'> = (tx, context, { incident }) =>
  partProblem(tx, context, incident, { isHidden: false });
