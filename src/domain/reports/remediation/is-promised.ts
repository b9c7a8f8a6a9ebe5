import { eq } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';

/**
 * Whether a published version of a report names the item as a promise, whoever its readers are. Why a deadline moved before
 * that stays inside: those words were nobody's to read, and nobody approved them.
 */
export async function isPromised(tx: Transaction, id: string): Promise<boolean> {
  const { reportRevisions, reports, problemIncidents, remediationItems } = tx.tables;
  const rows = await tx.db
    .select({ content: reportRevisions.content, version: reportRevisions.version })
    .from(reportRevisions)
    .innerJoin(reports, eq(reportRevisions.reportId, reports.id))
    .innerJoin(problemIncidents, eq(problemIncidents.incidentId, reports.incidentId))
    .innerJoin(remediationItems, eq(remediationItems.problemId, problemIncidents.problemId))
    .where(eq(remediationItems.id, id));
  return rows.some(({ content, version }) => version !== null && content.includes(`"id":"${id}"`));
}
