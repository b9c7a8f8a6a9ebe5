/** Marks every text of reports, problems, remediation and meetings; what a published version says is public, all else is not. */

import type { Tables } from '../../db/schema.ts';
import { type Audience, type ReportSection, reportSections } from '../../db/words.ts';
import { rendererVersion } from '../../src/domain/core/renderer-version.ts';
import type { ReportContent } from '../../src/domain/reports/digest.ts';
import { spoken } from './in-words.ts';
import type { Kind } from './markers.ts';

type Row = Record<string, unknown>;

export interface ReportGround {
  put: (table: keyof Tables, kind: Kind, given?: Row) => Promise<Row>;
  /** A marker of a part of a column, for example `content.title`. */
  mark: (column: string, kind: Kind) => string;
  minutes: (count: number) => Date;
  userId: unknown;
  groupId: unknown;
  categoryId: unknown;
  incidentId: string;
}

/** How far a report came: out for everybody, out for customers alone, or still written. */
export type ReportPlot = 'published' | 'for customers' | 'draft';

const days = { firstDueOn: '2026-11-24', dueOn: '2026-12-04' };

/** A report with its problem, plan and meeting; `kind` is what its published words are, `inside` all the rest. */
export async function plantReport(
  ground: ReportGround,
  { plot, kind, inside }: { plot: ReportPlot; kind: Kind; inside: Kind },
): Promise<Row> {
  const { put, mark, minutes, userId, incidentId } = ground;
  const isOut = plot !== 'draft';
  const report = await put('reports', isOut ? kind : inside, {
    incidentId,
    state: isOut ? 'published' : 'draft',
    audience: 'public',
    classification: 'public',
    decidedBy: userId,
    ownerId: userId,
    authorId: userId,
    publishedAt: isOut ? minutes(-30) : null,
    publishedFor: plot === 'published' ? 'public' : isOut ? 'customers' : null,
    ...(isOut ? {} : { slug: null, number: null }),
  });
  const reportId = report.id;
  for (const section of ['summary', 'why'] as const)
    for (const language of spoken)
      await put('reportTexts', inside, {
        reportId,
        section,
        language,
        htmlVersion: rendererVersion,
        updatedBy: userId,
      });
  await put('reportEntries', inside, { reportId, isPublic: false });
  await put('reportEntries', inside, { reportId, isPublic: true });
  await put('supplierAnalyses', inside, { reportId });
  await put('reportComments', inside, { reportId, createdBy: userId });
  await put('reportLinks', inside, { reportId, createdBy: userId, expiresAt: minutes(600) });
  await put('jointDecisions', inside, {
    incidentId,
    proposedBy: userId,
    agreedBy: userId,
    reviewOn: '2026-12-01',
  });
  const items = await plantPlan(ground, { kind, inside });

  const content = (own: Kind, audience: Audience, texts = own): ReportContent => {
    const both = (part: string, of = own) => ({
      en: mark(`content.${part}`, of),
      de: mark(`content.${part}`, of),
    });
    return {
      priority: 'P0',
      title: both('title'),
      // A page shows a section as HTML, and the summary in its head; the JSON API has the Markdown of the newest version.
      texts: Object.fromEntries(
        reportSections.map((section) => [section, both('texts', section === 'summary' ? own : texts)]),
      ),
      milestones: {
        started: minutes(-70).toISOString(),
        detected: minutes(-65).toISOString(),
        recovered: minutes(-40).toISOString(),
      },
      entries: [{ at: minutes(-65).toISOString(), text: both('entries') }],
      header: {
        owner: both('header.owner'),
        author: both('header.author'),
        audience,
        classification: 'public',
        isPreliminary: false,
      },
      remediation: [items.open, items.internal].map((item) => {
        const words = item === items.open ? own : inside;
        return {
          id: String(item.id),
          action: { en: mark('content.action', words), de: mark('content.action', words) },
          owner: { en: mark('content.owner', words), de: mark('content.owner', words) },
          aim: 'prevents_return',
          ...days,
          isPublic: true,
        };
      }),
      suppliers: [
        {
          supplier: mark('content.supplier', own),
          requestedAt: minutes(-50).toISOString(),
          dueAt: null,
          receivedAt: null,
          outstanding: mark('content.outstanding', own),
        },
      ],
      change: { en: mark('content.change', inside), de: mark('content.change', inside) },
      planDigest: mark('content.planDigest', inside),
    };
  };
  const html = (own: Kind): Partial<Record<ReportSection, Row>> =>
    Object.fromEntries(
      reportSections.map((section) => [
        section,
        Object.fromEntries(spoken.map((language) => [language, `<p>${mark('content.html', own)}</p>`])),
      ]),
    );
  const isSeen = plot === 'published';
  // Version 1 was for customers alone, 2 and 3 for everybody, the last one waits for management.
  for (const [at, own] of (isOut ? [inside, kind, kind, inside] : [inside]).entries()) {
    const isLast = !isOut || at === 3;
    const revision = await put('reportRevisions', own, {
      reportId,
      sequence: at + 1,
      version: isLast ? null : at + 1,
      content: JSON.stringify(
        content(own, isSeen && own === kind ? 'public' : 'customers', at === 1 ? inside : own),
      ),
      html: html(own),
      htmlVersion: rendererVersion,
      submittedBy: userId,
      approvedBy: isLast ? null : userId,
      publishedBy: isLast ? null : userId,
      publishedAt: isLast ? null : minutes(at - 30),
    });
    const comment = mark('reviews.ticks', inside);
    await put('reviews', inside, {
      revisionId: revision.id,
      reviewerId: userId,
      ticks: { content: { at: minutes(-20).toISOString(), comment } },
    });
    if (isLast) continue;
    const meeting = await put('postmortemMeetings', inside, {
      reportId,
      reportVersion: at + 1,
      initiatedBy: userId,
      leadId: userId,
      outcomes: { summary: 'agreed' },
      sharing: ['review'],
    });
    await put('postmortemParticipants', inside, { meetingId: meeting.id, userId });
  }
  return report;
}

/** The problem of an incident with a promised action and one that is nobody's business, each with a moved deadline. */
async function plantPlan(
  { put, minutes, userId, groupId, categoryId, incidentId }: ReportGround,
  { kind, inside }: { kind: Kind; inside: Kind },
): Promise<{ open: Row; internal: Row }> {
  const problem = await put('problems', inside, {
    categoryId,
    componentId: null,
    expertId: userId,
    groupId,
    isRestricted: inside !== 'internal',
  });
  await put('problemIncidents', inside, { problemId: problem.id, incidentId });
  const item = async (own: Kind, isPublic: boolean): Promise<Row> => {
    const given = { problemId: problem.id, ownerId: userId, groupId, isPublic, ...days };
    const row = await put('remediationItems', own, { ...given, state: 'in_progress' });
    const moved = { itemId: row.id, fromOn: days.firstDueOn, toOn: days.dueOn, movedBy: userId };
    // Why it moved before it was promised in public stays inside.
    await put('remediationMoves', inside, moved);
    await put('remediationMoves', own, { ...moved, movedAt: minutes(-5) });
    return row;
  };
  return { open: await item(kind, true), internal: await item(inside, false) };
}
