import { z } from 'zod';
import { notFound } from '../../domain/core/errors.ts';
import { readReportById, readReportList } from '../../domain/public/read-report-page.ts';
import { classifyReport } from '../../domain/reports/classify-report.ts';
import { revokeLink, shareReport } from '../../domain/reports/links.ts';
import { listReports } from '../../domain/reports/list-reports.ts';
import { recordMilestones } from '../../domain/reports/milestones/record-milestones.ts';
import { decideReport } from '../../domain/reports/obligations/decide-report.ts';
import {
  proposeNotReleased,
  proposeReclassification,
} from '../../domain/reports/obligations/propose-decision.ts';
import { settleDecision } from '../../domain/reports/obligations/settle-decision.ts';
import { readReport } from '../../domain/reports/read-report.ts';
import { addComment, settleComment } from '../../domain/reports/reviews/comments.ts';
import { publishReport } from '../../domain/reports/reviews/publish-report.ts';
import { reviewReport } from '../../domain/reports/reviews/review-report.ts';
import { submitReport } from '../../domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../domain/reports/save-report.ts';
import { addSupplierAnalysis, changeSupplierAnalysis } from '../../domain/reports/suppliers.ts';
import { type ApiContext, asItIs, change, type Operation, operation, silentChange } from './operation.ts';
import { publicReport, showPublicReport } from './public-report-shape.ts';
import { boardLine, report, showBoardLine, showReport } from './report-shape.ts';
import { id, more } from './values.ts';

const one = z.object({ report });
const made = z.object({ id });

async function answerReport(context: ApiContext, { id: reportId }: { id: string }) {
  return { body: { report: showReport(await readReport(context, reportId)) } };
}

const answerReportOf = (context: ApiContext, { reportId }: { reportId: string }) =>
  answerReport(context, { id: reportId });

export const reportOperations: Operation[] = [
  operation('GET', '/reports', {
    id: 'listReports',
    summary: 'What is owed and what is published; without a token the published ones, 50 at a time.',
    answer: z.object({
      owed: z.array(boardLine),
      published: z.array(boardLine),
      more: z.object({ owed: more, published: more }),
    }),
    publicRead: {
      goesOn: true,
      answer: z.object({
        reports: z.array(publicReport),
        next: id.nullable().describe('`before` of the next page.'),
      }),
      run: async (context, _params, before) => {
        const { reports, next, validUntil } = await readReportList(context, before);
        const shown = reports.map((each) => showPublicReport(each, context));
        return { body: { reports: shown, next }, tags: ['reports'], validUntil };
      },
    },
    run: async (context) => {
      const { owed, published, more } = await listReports(context);
      return { body: { owed: owed.map(showBoardLine), published: published.map(showBoardLine), more } };
    },
  }),
  operation('GET', '/reports/{id}', {
    id: 'readReport',
    summary: 'One report; without a token its newest published version.',
    answer: one,
    publicRead: {
      answer: z.object({ report: publicReport }),
      run: async (context, params) => {
        const page = await readReportById(context, params.id);
        if (!page) throw notFound();
        return {
          body: { report: showPublicReport(page.report, context) },
          tags: ['reports'],
          validUntil: page.validUntil,
        };
      },
    },
    run: answerReport,
  }),
  change('PATCH', '/reports/{id}', {
    id: 'saveReport',
    summary: 'Saves sections, timeline or header. Any change voids a review and an approval.',
    act: saveReport,
    answer: one,
    show: answerReport,
  }),
  change('POST', '/reports/{id}/classification', {
    id: 'classifyReport',
    summary: 'Sets for whom it may be at most.',
    act: classifyReport,
    answer: one,
    show: answerReport,
  }),
  change('POST', '/reports/{id}/decision', {
    id: 'decideReport',
    summary: 'Whether a P1 gets a report; a P2 or P3 may have one, by the id of its incident.',
    act: decideReport,
    answer: one,
    show: answerReport,
  }),
  change('POST', '/reports/{id}/submission', {
    id: 'submitReport',
    summary: 'Submits it for review.',
    act: submitReport,
    answer: one,
    show: answerReport,
  }),
  change('POST', '/reports/{id}/review', {
    id: 'reviewReport',
    summary: 'Ticks, approves, or asks for changes.',
    act: reviewReport,
    answer: one,
    show: answerReport,
  }),
  change('POST', '/reports/{id}/publication', {
    id: 'publishReport',
    summary: 'Publishes the approved digest.',
    act: publishReport,
    answer: one,
    show: answerReport,
  }),
  change('POST', '/reports/{id}/reclassification', {
    id: 'proposeReclassification',
    summary: 'Proposes, with evidence, that a P0 was set in error.',
    act: proposeReclassification,
    answer: made,
    status: 201,
    show: asItIs,
  }),
  change('POST', '/reports/{id}/non-release', {
    id: 'proposeNotReleased',
    summary: 'Proposes that the report of a restricted incident is not released.',
    act: proposeNotReleased,
    answer: made,
    status: 201,
    show: asItIs,
  }),
  change('POST', '/decisions/{id}', {
    id: 'settleDecision',
    summary: 'A manager as second person agrees to a proposal, or refuses it.',
    act: settleDecision,
    answer: one,
    show: answerReport,
  }),
  change('POST', '/reports/{id}/comments', {
    id: 'addReportComment',
    summary: 'Writes a remark on a section or on all of it.',
    act: addComment,
    answer: made,
    status: 201,
    show: asItIs,
  }),
  change('POST', '/report-comments/{id}/settlement', {
    id: 'settleReportComment',
    summary: 'Marks a remark as settled.',
    act: settleComment,
    answer: one,
    show: answerReportOf,
  }),
  change('POST', '/reports/{id}/links', {
    id: 'shareReport',
    summary: 'Makes an unguessable address of a report for customers, until it expires.',
    act: shareReport,
    answer: z.object({ id, token: z.string().nullable() }),
    status: 201,
    show: (_context, { id: link, token }) => ({ body: { id: link, token: null }, once: { token } }),
  }),
  silentChange('DELETE', '/report-links/{id}', {
    id: 'revokeReportLink',
    summary: 'Ends such an address at once.',
    act: revokeLink,
  }),
  change('POST', '/reports/{id}/analyses', {
    id: 'addSupplierAnalysis',
    summary: 'Notes an analysis that a supplier owes or delivered.',
    act: addSupplierAnalysis,
    answer: made,
    status: 201,
    show: asItIs,
  }),
  change('PUT', '/analyses/{id}', {
    id: 'changeSupplierAnalysis',
    summary: 'Replaces what is noted of a supplier’s analysis.',
    act: changeSupplierAnalysis,
    answer: one,
    show: answerReportOf,
  }),
  silentChange('POST', '/incidents/{id}/milestones', {
    id: 'recordMilestones',
    summary: 'Records when the outage started, was detected, diagnosed, recovered and verified.',
    act: recordMilestones,
  }),
];
