import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../../core/context.ts';
import { notifyEverybody } from '../../incidents/notices/notify-people.ts';

const publishedVersion = z.object({ reportId: z.string(), version: z.number().int().min(1) });

/** Tells everybody inside who may see the incident that a version of its report is out, each once. */
export async function tellReportPublished(context: Context, payload: unknown): Promise<void> {
  const { reportId, version } = publishedVersion.parse(payload);
  await context.store.transaction(async (tx) => {
    const { reports, reportRevisions, incidents } = tx.tables;
    const [found] = await tx.db
      .select({ incident: incidents, by: reportRevisions.publishedBy })
      .from(reportRevisions)
      .innerJoin(reports, eq(reportRevisions.reportId, reports.id))
      .innerJoin(incidents, eq(reports.incidentId, incidents.id))
      .where(and(eq(reportRevisions.reportId, reportId), eq(reportRevisions.version, version)));
    if (!found) return;
    const about = {
      incident: found.incident,
      kind: 'report_published',
      reference: `version ${version}`,
      by: found.by,
    } as const;
    await notifyEverybody(tx, context, about);
  });
}
