import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { idPattern, newId } from '../../../db/ids.ts';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { DomainError, invalid, notFound } from '../core/errors.ts';
import { instant, line, parse } from '../core/parse.ts';
import { hashSecret, newSecret } from '../sessions/secret.ts';
import { type From, findReport, restrictedTo } from './find-report.ts';

/** Longest life of a link, in days. */
const longestDays = 366;

export const shareReportInput = z
  .strictObject({ expiresAt: instant(), note: line(200).optional() })
  .meta({ id: 'ShareReport' });

/**
 * Makes an unguessable address of a published report that is not for everybody: for its readers outside, until
 * it expires or is revoked. The token is told once; only its digest is kept.
 */
export async function shareReport(
  context: Context,
  id: string,
  input: unknown,
): Promise<{ id: string; token: string }> {
  authorize(context, 'reports.share');
  const { expiresAt, note } = parse(shareReportInput, input);
  return context.store.transaction(async (tx) => {
    const found = await findReport(tx, context, id);
    if (!found.report.publishedAt || found.report.publishedFor === 'internal')
      throw new DomainError('conflict', 'report_not_shared');
    const until = new Date(expiresAt);
    if (until <= context.now) throw invalid('expiresAt', 'in_past');
    if (until.getTime() - context.now.getTime() > longestDays * 86_400_000)
      throw invalid('expiresAt', 'too_late', { days: longestDays });
    const token = newSecret();
    const link = { id: newId(), reportId: found.report.id, note: note?.trim() ?? '', expiresAt: until };
    await tx.db.insert(tx.tables.reportLinks).values({
      ...link,
      tokenHash: hashSecret(token),
      createdBy: context.actor.userId,
      createdAt: context.now,
    });
    await appendAudit(tx, context, {
      action: 'report.shared',
      subjectType: 'report',
      subjectId: found.report.id,
      after: { link: link.id, expiresAt: until, note: link.note },
      restrictedTo: restrictedTo(found),
    });
    return { id: link.id, token };
  });
}

/** Ends a link at once. */
export async function revokeLink(context: Context, id: string): Promise<{ id: string; reportId: string }> {
  authorize(context, 'reports.share');
  if (!idPattern.test(id)) throw notFound();
  return context.store.transaction(async (tx) => {
    const { reportLinks } = tx.tables;
    const [link] = await tx.db.select().from(reportLinks).where(eq(reportLinks.id, id));
    if (!link || link.revokedAt) throw notFound();
    const found = await findReport(tx, context, link.reportId);
    await tx.db.update(reportLinks).set({ revokedAt: context.now }).where(eq(reportLinks.id, id));
    await appendAudit(tx, context, {
      action: 'report.link-revoked',
      subjectType: 'report',
      subjectId: found.report.id,
      after: { link: id },
      restrictedTo: restrictedTo(found),
    });
    return { id, reportId: found.report.id };
  });
}

/** A link as the team sees it; its token was told once and is not kept. */
export interface ReportLink {
  id: string;
  note: string;
  createdBy: string | null;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}

/** All links to a report that was found for the actor, the oldest first. One query. */
export async function readLinks(from: From, reportId: string): Promise<ReportLink[]> {
  const { reportLinks } = from.tables;
  return from.read
    .select({
      id: reportLinks.id,
      note: reportLinks.note,
      createdBy: reportLinks.createdBy,
      createdAt: reportLinks.createdAt,
      expiresAt: reportLinks.expiresAt,
      revokedAt: reportLinks.revokedAt,
    })
    .from(reportLinks)
    .where(eq(reportLinks.reportId, reportId))
    .orderBy(asc(reportLinks.createdAt), asc(reportLinks.id));
}
