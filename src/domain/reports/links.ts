import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { newId } from '../../../db/ids.ts';
import { actOn } from '../core/act.ts';
import { DomainError, invalid, notFound } from '../core/errors.ts';
import { instant, line } from '../core/parse.ts';
import { hashSecret, newSecret } from '../people/sessions/secret.ts';
import { type From, findReport, restrictedTo } from './find-report.ts';

/** Longest life of a link, in days. */
const longestDays = 366;

const shareReportInput = z
  .strictObject({ expiresAt: instant(), note: line(200).optional() })
  .meta({ id: 'ShareReport' });

/**
 * Makes an unguessable address of a published report that is not for everybody: for its readers outside, until it
 * expires or is revoked. The token is told once; only its digest is kept. It opens the newest version for these readers, never
 * a draft. Guesses are counted by network and never keep out who holds a valid link; the log never holds its token.
 */
export const shareReport = actOn({
  permission: 'reports.share',
  input: shareReportInput,
  audits: ['report.shared'],
  async work({ tx, context, audit }, id, { expiresAt, note }): Promise<{ id: string; token: string }> {
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
    await audit({
      action: 'report.shared',
      subjectType: 'report',
      subjectId: found.report.id,
      after: { link: link.id, expiresAt: until, note: link.note },
      restrictedTo: restrictedTo(found),
    });
    return { id: link.id, token };
  },
});

/** Ends a link at once. */
export const revokeLink = actOn({
  permission: 'reports.share',
  audits: ['report.link-revoked'],
  async work({ tx, context, audit }, id): Promise<{ id: string; reportId: string }> {
    const { reportLinks } = tx.tables;
    const [link] = await tx.db.select().from(reportLinks).where(eq(reportLinks.id, id));
    if (!link || link.revokedAt) throw notFound();
    const found = await findReport(tx, context, link.reportId);
    await tx.db.update(reportLinks).set({ revokedAt: context.now }).where(eq(reportLinks.id, id));
    await audit({
      action: 'report.link-revoked',
      subjectType: 'report',
      subjectId: found.report.id,
      after: { link: id },
      restrictedTo: restrictedTo(found),
    });
    return { id, reportId: found.report.id };
  },
});

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
