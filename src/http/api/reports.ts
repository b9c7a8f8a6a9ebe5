import { z } from 'zod';
import { notFound } from '../../domain/core/errors.ts';
import { recordMilestones, recordMilestonesInput } from '../../domain/milestones/record-milestones.ts';
import { decideReport } from '../../domain/obligations/decide-report.ts';
import { proposeNotReleased, proposeReclassification } from '../../domain/obligations/propose-decision.ts';
import { settleDecision } from '../../domain/obligations/settle-decision.ts';
import { readReportById, readReportList } from '../../domain/public/read-report-page.ts';
import { classifyReport } from '../../domain/reports/classify-report.ts';
import { revokeLink, shareReport, shareReportInput } from '../../domain/reports/links.ts';
import { listReports } from '../../domain/reports/list-reports.ts';
import { readReport } from '../../domain/reports/read-report.ts';
import {
  addCommentInput,
  classifyReportInput,
  decideReportInput,
  proposeNotReleasedInput,
  proposeReclassificationInput,
  publishReportInput,
  reviewReportInput,
  saveReportInput,
  settleDecisionInput,
  submitReportInput,
} from '../../domain/reports/report-input.ts';
import { saveReport } from '../../domain/reports/save-report.ts';
import {
  addSupplierAnalysis,
  changeSupplierAnalysis,
  supplierAnalysisInput,
} from '../../domain/reports/suppliers.ts';
import { addComment, settleComment } from '../../domain/reviews/comments.ts';
import { publishReport } from '../../domain/reviews/publish-report.ts';
import { reviewReport } from '../../domain/reviews/review-report.ts';
import { submitReport } from '../../domain/reviews/submit-report.ts';
import { type ApiContext, type Operation, operation, silentOperation } from './operation.ts';
import { publicReport, showPublicReport } from './public-report-shape.ts';
import { boardLine, report, showBoardLine, showReport } from './report-shape.ts';
import { id, more } from './values.ts';

const one = z.object({ report });
const made = z.object({ id });

async function answerReport(context: ApiContext, reportId: string) {
  return { body: { report: showReport(await readReport(context, reportId)) } };
}

/** An act on a report, answered with the report as it stands then. */
const act = (
  path: string,
  given: { id: string; summary: string; input: z.ZodObject },
  verb: (context: ApiContext, id: string, input: unknown) => Promise<{ id: string }>,
): Operation =>
  operation('POST', path, {
    ...given,
    answer: one,
    run: async (context, params, input) => {
      await verb(context, params.id, input);
      return answerReport(context, params.id);
    },
  });

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
        const shown = reports.map((each) => showPublicReport(each, context.publicUrl));
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
          body: { report: showPublicReport(page.report, context.publicUrl) },
          tags: ['reports'],
          validUntil: page.validUntil,
        };
      },
    },
    run: (context, params) => answerReport(context, params.id),
  }),
  operation('PATCH', '/reports/{id}', {
    id: 'saveReport',
    summary: 'Saves sections, timeline or header. Any change voids a review and an approval.',
    input: saveReportInput,
    answer: one,
    run: async (context, params, input) =>
      answerReport(context, (await saveReport(context, params.id, input)).id),
  }),
  act(
    '/reports/{id}/classification',
    { id: 'classifyReport', summary: 'Sets for whom it may be at most.', input: classifyReportInput },
    classifyReport,
  ),
  act(
    '/reports/{id}/decision',
    {
      id: 'decideReport',
      summary: 'Whether a P1 gets a report; a P2 or P3 may have one, by the id of its incident.',
      input: decideReportInput,
    },
    decideReport,
  ),
  act(
    '/reports/{id}/submission',
    { id: 'submitReport', summary: 'Submits it for review.', input: submitReportInput },
    submitReport,
  ),
  act(
    '/reports/{id}/review',
    { id: 'reviewReport', summary: 'Ticks, approves, or asks for changes.', input: reviewReportInput },
    reviewReport,
  ),
  act(
    '/reports/{id}/publication',
    { id: 'publishReport', summary: 'Publishes the approved digest.', input: publishReportInput },
    publishReport,
  ),
  operation('POST', '/reports/{id}/reclassification', {
    id: 'proposeReclassification',
    summary: 'Proposes, with evidence, that a P0 was set in error.',
    input: proposeReclassificationInput,
    answer: made,
    status: 201,
    run: async (context, params, input) => ({
      body: await proposeReclassification(context, params.id, input),
    }),
  }),
  operation('POST', '/reports/{id}/non-release', {
    id: 'proposeNotReleased',
    summary: 'Proposes that the report of a restricted incident is not released.',
    input: proposeNotReleasedInput,
    answer: made,
    status: 201,
    run: async (context, params, input) => ({ body: await proposeNotReleased(context, params.id, input) }),
  }),
  operation('POST', '/decisions/{id}', {
    id: 'settleDecision',
    summary: 'A manager as second person agrees to a proposal, or refuses it.',
    input: settleDecisionInput,
    answer: one,
    run: async (context, params, input) =>
      answerReport(context, (await settleDecision(context, params.id, input)).id),
  }),
  operation('POST', '/reports/{id}/comments', {
    id: 'addReportComment',
    summary: 'Writes a remark on a section or on all of it.',
    input: addCommentInput,
    answer: made,
    status: 201,
    run: async (context, params, input) => ({ body: await addComment(context, params.id, input) }),
  }),
  operation('POST', '/report-comments/{id}/settlement', {
    id: 'settleReportComment',
    summary: 'Marks a remark as settled.',
    answer: one,
    run: async (context, params) => answerReport(context, (await settleComment(context, params.id)).reportId),
  }),
  operation('POST', '/reports/{id}/links', {
    id: 'shareReport',
    summary: 'Makes an unguessable address of a report for customers, until it expires.',
    input: shareReportInput,
    answer: z.object({ id, token: z.string().nullable() }),
    status: 201,
    run: async (context, params, input) => {
      const { id: link, token } = await shareReport(context, params.id, input);
      return { body: { id: link, token: null }, once: { token } };
    },
  }),
  silentOperation('DELETE', '/report-links/{id}', {
    id: 'revokeReportLink',
    summary: 'Ends such an address at once.',
    run: (context, params) => revokeLink(context, params.id),
  }),
  operation('POST', '/reports/{id}/analyses', {
    id: 'addSupplierAnalysis',
    summary: 'Notes an analysis that a supplier owes or delivered.',
    input: supplierAnalysisInput,
    answer: made,
    status: 201,
    run: async (context, params, input) => ({ body: await addSupplierAnalysis(context, params.id, input) }),
  }),
  operation('PUT', '/analyses/{id}', {
    id: 'changeSupplierAnalysis',
    summary: 'Replaces what is noted of a supplier’s analysis.',
    input: supplierAnalysisInput,
    answer: one,
    run: async (context, params, input) =>
      answerReport(context, (await changeSupplierAnalysis(context, params.id, input)).reportId),
  }),
  silentOperation('POST', '/incidents/{id}/milestones', {
    id: 'recordMilestones',
    summary: 'Records when the outage started, was detected, diagnosed, recovered and verified.',
    input: recordMilestonesInput,
    run: (context, params, input) => recordMilestones(context, params.id, input),
  }),
];
