import { reviewAspects } from '../../db/words.ts';
import { decideReport } from '../domain/obligations/decide-report.ts';
import { proposeNotReleased, proposeReclassification } from '../domain/obligations/propose-decision.ts';
import { settleDecision } from '../domain/obligations/settle-decision.ts';
import { classifyReport } from '../domain/reports/classify-report.ts';
import { revokeLink, shareReport } from '../domain/reports/links.ts';
import { addComment, settleComment } from '../domain/reviews/comments.ts';
import { publishReport } from '../domain/reviews/publish-report.ts';
import { reviewReport } from '../domain/reviews/review-report.ts';
import { submitReport } from '../domain/reviews/submit-report.ts';
import { adminPaths, publicPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { actOn, formAction } from './form-action.ts';

type Input = Record<string, unknown>;
const recordOf = (value: unknown): Input => (typeof value === 'object' && value !== null ? { ...value } : {});

/** Words typed into a field of several lines, where one line is kept. */
const inOneLine = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/\s*\n\s*/g, ' ').trim() : value;
const eachInOneLine = (values: unknown): Input =>
  Object.fromEntries(Object.entries(recordOf(values)).map(([name, value]) => [name, inOneLine(value)]));

const decide = formAction(async ({ context, input: { report, answer, ...input } }) => {
  const { id } = await decideReport(context, String(report ?? ''), {
    ...input,
    isRequired: answer === undefined ? undefined : answer === 'yes',
  });
  return withDone(adminPaths.report(id), 'saved');
});

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

const proposePriority = formAction(async ({ context, input: { report, ...input } }) => {
  const id = String(report ?? '');
  await proposeReclassification(context, id, { ...input, evidence: inOneLine(input.evidence) });
  return withDone(adminPaths.report(id), 'proposed');
});

const proposeSecrecy = formAction(async ({ context, input: { report, ...input } }) => {
  const id = String(report ?? '');
  await proposeNotReleased(context, id, { ...input, reason: inOneLine(input.reason) });
  return withDone(adminPaths.report(id), 'proposed');
});

const settle = formAction(async ({ context, input: { decision, answer } }) => {
  const isAgreed = answer === undefined ? undefined : answer === 'agree';
  const { id } = await settleDecision(context, String(decision ?? ''), { isAgreed });
  return withDone(adminPaths.report(id), 'saved');
});

const comment = formAction(async ({ context, input: { report, ...input } }) => {
  const id = String(report ?? '');
  await addComment(context, id, { ...input, text: inOneLine(input.text) });
  return withDone(adminPaths.report(id), 'saved');
});

/** The whole address is told once; only the digest of its token is kept. */
const share = formAction(async ({ context, input: { report, ...input }, api }) => {
  const id = String(report ?? '');
  const { token } = await shareReport(context, id, input);
  const language = api.locals.session?.language ?? 'en';
  const secret = `${api.locals.app.config.publicUrl}${publicPaths.reportLink(language, token)}`;
  const about = typeof input.note === 'string' ? input.note.trim() : '';
  return { told: { kind: 'link', secret, about }, onRepeat: withDone(adminPaths.report(id), 'linkShown') };
});

export const reports = {
  decide,
  classify: actOn('report', classifyReport, ({ id }) => withDone(adminPaths.report(id), 'saved')),
  submit: actOn('report', submitReport, ({ id }) => withDone(adminPaths.report(id), 'reportSubmitted')),
  review,
  publish: actOn('report', publishReport, ({ id }) => withDone(adminPaths.report(id), 'published')),
  proposePriority,
  proposeSecrecy,
  settle,
  comment,
  settleRemark: actOn('comment', settleComment, ({ reportId }) =>
    withDone(adminPaths.report(reportId), 'saved'),
  ),
  share,
  revoke: actOn('link', revokeLink, ({ reportId }) => withDone(adminPaths.report(reportId), 'linkRevoked')),
};
