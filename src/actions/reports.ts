import { reviewAspects } from '../../db/words.ts';
import { classifyReport } from '../domain/reports/classify-report.ts';
import { revokeLink, shareReport } from '../domain/reports/links.ts';
import { decideReport } from '../domain/reports/obligations/decide-report.ts';
import {
  proposeNotReleased,
  proposeReclassification,
} from '../domain/reports/obligations/propose-decision.ts';
import { settleDecision } from '../domain/reports/obligations/settle-decision.ts';
import { addComment, settleComment } from '../domain/reports/reviews/comments.ts';
import { publishReport } from '../domain/reports/reviews/publish-report.ts';
import { reviewReport } from '../domain/reports/reviews/review-report.ts';
import { submitReport } from '../domain/reports/reviews/submit-report.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { formAction, formOn } from './form-action.ts';

type Input = Record<string, unknown>;
const recordOf = (value: unknown): Input => (typeof value === 'object' && value !== null ? { ...value } : {});

/** Words typed into a field of several lines, where one line is kept. */
const inOneLine = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/\s*\n\s*/g, ' ').trim() : value;
const eachInOneLine = (values: unknown): Input =>
  Object.fromEntries(Object.entries(recordOf(values)).map(([name, value]) => [name, inOneLine(value)]));

/** A tick is a box with its comment beside it: the comment of a box that is not ticked is no tick. */
const review = formAction(async ({ context, input }) => {
  const { report, ticked, ticks, comment, comments, unticked: _unticked, ...rest } = input;
  const isTicked = recordOf(ticked);
  const said = recordOf(ticks);
  const given = reviewAspects
    .filter((aspect) => isTicked[aspect] === true)
    .map((aspect) => [aspect, eachInOneLine(said[aspect])]);
  const { id } = await reviewReport(context, String(report ?? ''), {
    ...rest,
    ticks: Object.fromEntries(given),
    comments: eachInOneLine(comments),
    ...(comment === undefined ? {} : { comment: inOneLine(comment) }),
  });
  if (rest.decision === 'approve') return withDone(adminPaths.report(id), 'approved');
  if (rest.decision === 'request_changes') return withDone(adminPaths.report(id), 'changesRequested');
  return withDone(adminPaths.reportReview(id), 'saved');
});

/** The whole address is told once; only the digest of its token is kept. */
const share = formAction(async ({ context, input: { report, ...input }, api }) => {
  const id = String(report ?? '');
  const { token } = await shareReport(context, id, input);
  const language = api.locals.session?.language ?? 'en';
  const secret = `${api.locals.app.config.publicUrl}${api.locals.paths.reportLink(language, token)}`;
  const about = typeof input.note === 'string' ? input.note.trim() : '';
  return { told: { kind: 'link', secret, about }, onRepeat: withDone(adminPaths.report(id), 'linkShown') };
});

/** A question with two buttons. */
const isYes = (answer: unknown, yes: string): boolean | undefined =>
  answer === undefined ? undefined : answer === yes;

type DoneWord = Parameters<typeof withDone>[1];
/** The report that the act answers with, or the one that the form named. */
const toReport = (done: DoneWord) => (report: { id: string }) => withDone(adminPaths.report(report.id), done);
const backToReport = (done: DoneWord) => (_made: unknown, id: string) =>
  withDone(adminPaths.report(id), done);

export const reports = {
  decide: formOn('report', decideReport, toReport('saved'), ({ answer, ...input }) => ({
    ...input,
    isRequired: isYes(answer, 'yes'),
  })),
  classify: formOn('report', classifyReport, toReport('saved')),
  submit: formOn('report', submitReport, toReport('reportSubmitted')),
  review,
  publish: formOn('report', publishReport, toReport('published')),
  proposePriority: formOn('report', proposeReclassification, backToReport('proposed'), (input) => ({
    ...input,
    evidence: inOneLine(input.evidence),
  })),
  proposeSecrecy: formOn('report', proposeNotReleased, backToReport('proposed'), (input) => ({
    ...input,
    reason: inOneLine(input.reason),
  })),
  settle: formOn('decision', settleDecision, toReport('saved'), ({ answer }) => ({
    isAgreed: isYes(answer, 'agree'),
  })),
  comment: formOn('report', addComment, backToReport('saved'), (input) => ({
    ...input,
    text: inOneLine(input.text),
  })),
  settleRemark: formOn('comment', settleComment, ({ reportId }) =>
    withDone(adminPaths.report(reportId), 'saved'),
  ),
  share,
  revoke: formOn('link', revokeLink, ({ reportId }) => withDone(adminPaths.report(reportId), 'linkRevoked')),
};
