import { z } from 'zod';
import {
  audiences,
  languages,
  milestones,
  priorities,
  remediationAims,
  remediationStates,
  reportSections,
  reportStates,
  reviewAspects,
} from '../../../db/words.ts';
import { anyLanguage } from '../../domain/core/fields.ts';
import type { BoardLine } from '../../domain/reports/list-reports.ts';
import { momentsOf } from '../../domain/reports/milestones/record-milestones.ts';
import type { TeamReport } from '../../domain/reports/read-report.ts';
import { sectionText } from '../../domain/reports/read-work.ts';
import { refusalText } from '../../i18n/refusals.ts';
import { id, moment, storedMoment, version } from './values.ts';

const text = anyLanguage(z.string());
const day = z.iso.date();
const digest = z.string().describe('SHA-256 of the canonical content; an approval is bound to it.');

const person = id.nullable();
const sectionShape = z.object({ text: z.string(), internal: z.string() });

export const report = z
  .object({
    id,
    incident: id,
    state: z.enum(reportStates).nullable().describe('Null while a P1 waits for its decision, or waived.'),
    isRequired: z.boolean().nullable(),
    dueAt: moment.nullable(),
    closedAt: moment.nullable(),
    priority: z.enum(priorities),
    title: text,
    sections: z.record(z.enum(reportSections), anyLanguage(sectionShape)),
    entries: z.array(
      z.object({ id, at: moment, text, source: z.string().nullable(), isPublic: z.boolean() }),
    ),
    milestones: z.record(z.enum(milestones), moment.nullable()),
    owner: person,
    author: person,
    authorReason: z.string(),
    audience: z.enum(audiences),
    classification: z.enum(audiences),
    isPreliminary: z.boolean(),
    slug: z.string().nullable(),
    number: z.string().nullable(),
    publishedAt: moment.nullable(),
    digest: digest.describe('Of the present content.'),
    submittedDigest: digest.nullable(),
    reviews: z.array(
      z.object({
        reviewer: id,
        digest,
        ticks: z.partialRecord(z.enum(reviewAspects), z.object({ at: storedMoment, comment: z.string() })),
        changesRequestedAt: moment.nullable(),
        comment: z.string(),
      }),
    ),
    comments: z.array(
      z.object({
        id,
        section: z.enum(reportSections).nullable(),
        text: z.string(),
        createdBy: person,
        createdAt: moment,
        settledAt: moment.nullable(),
      }),
    ),
    decisions: z.array(
      z.object({
        id,
        kind: z.string(),
        priority: z.enum(priorities).nullable(),
        reviewOn: day.nullable(),
        reason: z.string(),
        proposedBy: id,
        agreedBy: person,
        isRefused: z.boolean(),
      }),
    ),
    missing: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .describe('What keeps it from being submitted.'),
    findings: z
      .array(
        z.object({
          rule: z.string(),
          path: z.string().describe('Such as `sections.why`; `entries.0` counts the public ones.'),
          language: z.enum(languages),
          isBlocking: z.boolean().describe('Keeps the report from review, unless a reason is given.'),
          found: z.string(),
          context: z.string().describe('The sentence it stands in.'),
          why: text,
        }),
      )
      .describe(
        'What the lint finds in the public texts: promises, blame, names, and what is not for readers.',
      ),
    remediation: z.array(
      z.object({
        id,
        aim: z.enum(remediationAims),
        state: z.enum(remediationStates),
        dueOn: day,
        isPublic: z.boolean(),
      }),
    ),
    revisions: z
      .array(
        z.object({
          sequence: z.int(),
          version: z.int().nullable().describe('The published version it became.'),
          digest,
          submittedBy: person,
          submittedAt: moment,
          approvedBy: person,
          approvedAt: moment.nullable(),
          unverifiedReason: z
            .string()
            .describe('Why it was submitted although nobody recorded that the recovery was verified.'),
          publishedAt: moment.nullable(),
        }),
      )
      .describe('Every submitted state, the newest first.'),
    links: z.array(
      z.object({
        id,
        note: z.string(),
        createdBy: person,
        createdAt: moment,
        expiresAt: moment,
        revokedAt: moment.nullable(),
      }),
    ),
    version,
  })
  .meta({ id: 'Report' });

export function showReport(shown: TeamReport) {
  const { report: row, incident } = shown;
  const sections = Object.fromEntries(
    reportSections.map((section) => [
      section,
      Object.fromEntries(
        languages.map((language) => {
          const found = shown.texts.find((one) => one.section === section && one.language === language);
          return [
            language,
            { text: sectionText(shown, section, language), internal: found?.internalText ?? '' },
          ];
        }),
      ),
    ]),
  ) as z.infer<typeof report>['sections'];
  return {
    ...row,
    incident: incident.id,
    priority: incident.priority,
    title: shown.content.title,
    sections,
    entries: shown.entries.map((entry) => ({
      ...entry,
      text: entry.text,
      source: entry.sourceId,
    })),
    milestones: momentsOf(incident),
    owner: row.ownerId,
    author: row.authorId,
    digest: shown.digest,
    submittedDigest: shown.submitted?.digest ?? null,
    reviews: shown.reviews.map((review) => ({
      ...review,
      reviewer: review.reviewerId,
      digest: shown.revisions.find(({ id }) => id === review.revisionId)?.digest ?? '',
    })),
    comments: shown.comments,
    decisions: shown.decisions.map((decision) => ({ ...decision, isRefused: decision.refusedAt !== null })),
    missing: shown.missing.map(({ path, key, params }) => ({
      path,
      message: refusalText('en', key, params),
    })),
    findings: shown.findings.map((finding) => ({ ...finding, why: finding.sentence })),
    remediation: shown.items,
    revisions: shown.revisions,
    links: shown.links,
  };
}

export const boardLine = z
  .object({
    id,
    incident: id,
    title: text,
    priority: z.enum(priorities),
    state: z.enum(reportStates).nullable(),
    isRequired: z.boolean().nullable(),
    dueAt: moment.nullable(),
    daysLeft: z
      .int()
      .nullable()
      .describe('Calendar days of the page’s zone until the due day; negative after it.'),
    owner: person,
    slug: z.string().nullable(),
    number: z.string().nullable(),
    publishedAt: moment.nullable(),
  })
  .meta({ id: 'ReportLine' });

export const showBoardLine = (line: BoardLine) => ({
  ...line,
  incident: line.incidentId,
  owner: line.ownerId,
});
