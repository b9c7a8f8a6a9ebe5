import { z } from 'zod';
import { analysisSources, audiences, languages, reportSections, reviewAspects } from '../../../db/words.ts';
import { anyLanguage, version } from '../core/fields.ts';
import { said } from '../core/localised.ts';
import { day, instant, line, prose, requiredLine } from '../core/parse.ts';
import { reason, reasonIfAny } from '../core/reason.ts';

/** Longest address of a report, in characters. */
export const reportSlugLimit = 80;

/** What becomes of a minor impact beside a P0. */
const impactAnswers = ['keep', 'major', 'critical'] as const;

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const person = z.string().max(50).nullable();

const sectionText = z.strictObject({
  /** For readers, Markdown. */
  text: prose().optional(),
  /** For the team alone. */
  internal: prose().optional(),
});

/** What one save changes; sections and fields not named stay. `entries` is the whole timeline. */
export const saveReportInput = z
  .strictObject({
    title: anyLanguage(line()).optional(),
    sections: z.partialRecord(z.enum(reportSections), anyLanguage(sectionText)).optional(),
    entries: z
      .array(
        z
          .strictObject({
            at: instant(),
            text: anyLanguage(line(500)),
            /** The update or log entry it was picked from. */
            source: z.string().max(50).optional(),
            isPublic: z.boolean().optional(),
          })
          .refine(({ text }) => said(text), {
            error: 'body_missing',
            path: ['text', languages[0]],
          }),
      )
      .max(500)
      .optional(),
    owner: person.optional(),
    author: person.optional(),
    authorReason: line(500).optional(),
    ownerFunction: anyLanguage(line(100)).optional(),
    authorFunction: anyLanguage(line(100)).optional(),
    audience: z.enum(audiences).optional(),
    isPreliminary: z.boolean().optional(),
    analysisSource: z.enum(analysisSources).optional(),
    change: anyLanguage(line(500)).optional(),
    version: version(),
  })
  .meta({ id: 'SaveReport' });

export const submitReportInput = z
  .strictObject({
    lintReason: reasonIfAny(500).optional(),
    /** Asked for where nobody recorded that the recovery of a P0 was verified; who approves reads it. */
    unverifiedReason: reasonIfAny(500).optional(),
    version: version(),
  })
  .meta({ id: 'SubmitReport' });

/** Ticks, and a decision once all three stand; `digest` names the exact state that was read. */
export const reviewReportInput = z
  .strictObject({
    digest,
    ticks: z
      .partialRecord(z.enum(reviewAspects), z.strictObject({ comment: line(500).optional() }))
      .optional(),
    decision: z.enum(['approve', 'request_changes']).optional(),
    /** With an approval: what it is published with, as the submitted content names it; approving raises it. */
    classification: z.enum(audiences).optional(),
    comment: line(1_000).optional(),
    /** Remarks on single sections, kept until they are settled. */
    comments: z.partialRecord(z.enum(reportSections), line(1_000)).optional(),
  })
  .meta({ id: 'ReviewReport' });

export const publishReportInput = z
  .strictObject({
    digest,
    slug: z
      .string()
      .max(reportSlugLimit)
      .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'wrong_slug' })
      .optional(),
    /** Asked for where readers would see "P0" beside a minor impact: leaves the impact as it is, or raises it. */
    impact: z.enum(impactAnswers).optional(),
  })
  .meta({ id: 'PublishReport' });

export const decideReportInput = z
  .strictObject({ isRequired: z.boolean(), reason: reason() })
  .meta({ id: 'DecideReport' });

export const classifyReportInput = z
  .strictObject({ classification: z.enum(audiences), reason: reason(500), version: version() })
  .meta({ id: 'ClassifyReport' });

export const proposeReclassificationInput = z
  .strictObject({ priority: z.enum(['P1', 'P2', 'P3']), evidence: reason(2_000) })
  .meta({ id: 'ProposeReclassification' });

export const proposeNotReleasedInput = z
  .strictObject({ reason: reason(2_000), reviewOn: day() })
  .meta({ id: 'ProposeNotReleased' });

export const settleDecisionInput = z.strictObject({ isAgreed: z.boolean() }).meta({ id: 'SettleDecision' });

export const addCommentInput = z
  .strictObject({ section: z.enum(reportSections).optional(), text: requiredLine(1_000) })
  .meta({ id: 'AddReportComment' });

export type SaveReportInput = z.infer<typeof saveReportInput>;
