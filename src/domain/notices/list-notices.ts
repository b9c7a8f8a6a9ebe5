import { and, desc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { Language, NoticeKind } from '../../../db/words.ts';
import { authorize } from '../access/authorize.ts';
import type { Context } from '../context.ts';
import { parse } from '../parse.ts';
import { readTimelines } from '../updates/timeline.ts';
import { visibleIncidents } from '../visibility.ts';

export const listNoticesInput = z.strictObject({
  limit: z.number().int().min(1).max(100).optional(),
  /** Only those not noted yet. */
  unseen: z.enum(['true', 'false']).optional(),
});

export const noticeSubjects = ['incident', 'report', 'problem', 'meeting'] as const;
export type NoticeSubject = (typeof noticeSubjects)[number];

const subjectOf: Partial<Record<NoticeKind, NoticeSubject>> = {
  report_due: 'report',
  review_waiting: 'report',
  changes_requested: 'report',
  report_approved: 'report',
  report_published: 'report',
  decision_waiting: 'report',
  remediation_due: 'problem',
  effectiveness_due: 'problem',
  meeting_due: 'meeting',
};

export interface Notice {
  id: string;
  kind: NoticeKind;
  incidentId: string;
  /** The page that it leads to: a report is found by its incident. */
  subject: NoticeSubject;
  subjectId: string;
  titles: Partial<Record<Language, string>>;
  createdAt: Date;
  seenAt: Date | null;
}

/** What the actor was told of, newest first; only the own, and nothing of incidents that the actor may not see any more. */
export async function listNotices(context: Context, input: unknown = {}): Promise<Notice[]> {
  authorize(context, 'notices.read-own');
  const { limit = 50, unseen } = parse(listNoticesInput, input);
  const { incidents, notices } = context.store.tables;
  if (context.actor.userId === null) return [];
  const rows = await context.store.read
    .select({ notice: notices, internalTitle: incidents.internalTitle })
    .from(notices)
    .innerJoin(incidents, eq(notices.incidentId, incidents.id))
    .where(
      and(
        eq(notices.userId, context.actor.userId),
        visibleIncidents(context),
        unseen === 'true' ? isNull(notices.seenAt) : undefined,
      ),
    )
    .orderBy(desc(notices.createdAt), desc(notices.id))
    .limit(limit);
  const timelines = await readTimelines(context.store, [
    ...new Set(rows.map(({ notice }) => notice.incidentId)),
  ]);
  return rows.map(({ notice, internalTitle }) => {
    const { id, kind, incidentId, createdAt, seenAt } = notice;
    const subject = subjectOf[kind] ?? 'incident';
    // The reference of what has a page beside the incident begins with its id.
    const hasOwnPage = subject === 'problem' || subject === 'meeting';
    const subjectId = (hasOwnPage && notice.reference.split(' ')[0]) || incidentId;
    const texts = timelines.get(incidentId)?.[0]?.texts;
    const titles = texts
      ? {
          ...(texts.en ? { en: texts.en.title } : {}),
          ...(texts.de ? { de: texts.de.title } : {}),
        }
      : { en: internalTitle, de: internalTitle };
    return { id, kind, incidentId, subject, subjectId, titles, createdAt, seenAt };
  });
}
