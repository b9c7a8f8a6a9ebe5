import { and, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import type { Settings } from '../core/settings/settings.ts';
import { hashSecret } from '../people/sessions/secret.ts';
import { type PublicReport, readSharedReport } from './public-report.ts';

/**
 * The newest published version of the report that a link opens now; null for a token that is unknown, expired or
 * revoked, and for a report that the team keeps to itself.
 */
export async function readReportOfLink(
  context: Context,
  token: string,
): Promise<{ settings: Settings; report: PublicReport } | null> {
  const { reports, reportLinks } = context.store.tables;
  const opened = context.store.read
    .select({ id: reportLinks.reportId })
    .from(reportLinks)
    .where(
      and(
        eq(reportLinks.tokenHash, hashSecret(token)),
        isNull(reportLinks.revokedAt),
        gt(reportLinks.expiresAt, context.now),
      ),
    );
  const report = await readSharedReport(context, inArray(reports.id, opened));
  return report && { settings: await readSettings(context.store), report };
}
