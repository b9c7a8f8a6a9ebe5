import { and, eq, isNotNull, type SQL } from 'drizzle-orm';
import { gathered } from '../../../db/gathered.ts';
import { oneOf } from '../../../db/one-of.ts';
import type { Tables } from '../../../db/schema.ts';
import type { AuditAction } from '../core/audit/action.ts';
import type { From } from './find-report.ts';

/** What puts words before the readers of a report: its texts, and what a supplier owes. */
const writing: readonly AuditAction[] = [
  'report.saved',
  'report.analysis-requested',
  'report.analysis-changed',
];

/** Everybody who ever wrote on each of these reports, as the audit knows it: the newest hand on a text hides the ones before it. One query. */
export async function readWriters(from: From, ids: readonly string[]): Promise<Map<string, string[]>> {
  const { auditEntries } = from.tables;
  const rows = await from.read
    .select({ reportId: auditEntries.subjectId, userId: auditEntries.actorId })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.subjectType, 'report'),
        oneOf(auditEntries.subjectId, [...ids]),
        oneOf(auditEntries.action, writing),
      ),
    )
    .groupBy(auditEntries.subjectId, auditEntries.actorId);
  const writers = new Map<string, string[]>();
  for (const { reportId, userId } of rows)
    if (userId) writers.set(reportId, [...(writers.get(reportId) ?? []), userId]);
  return writers;
}

/** The same of one report, beside its row. */
export const writersOf = ({ auditEntries, reports }: Tables): SQL<string[]> =>
  gathered(
    auditEntries.actorId,
    and(
      eq(auditEntries.subjectType, 'report'),
      eq(auditEntries.subjectId, reports.id),
      oneOf(auditEntries.action, writing),
      isNotNull(auditEntries.actorId),
    ),
  );
