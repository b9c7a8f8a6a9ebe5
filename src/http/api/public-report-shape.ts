import { z } from 'zod';
import { audiences, milestones, priorities, remediationStates, reportSections } from '../../../db/words.ts';
import { anyLanguage } from '../../domain/core/fields.ts';
import type { PublicReport } from '../../domain/public/public-report.ts';
import { categoryReference } from './incident-shape.ts';
import type { Addresses } from './operation.ts';
import { id, moment, storedMoment } from './values.ts';

const text = anyLanguage(z.string());
const day = z.iso.date();

const content = z.object({
  priority: z.enum(priorities),
  title: text,
  texts: z.partialRecord(z.enum(reportSections), text),
  milestones: z.partialRecord(z.enum(milestones), storedMoment),
  entries: z.array(z.object({ at: storedMoment, text })),
  header: z.object({
    owner: text,
    author: text,
    audience: z.enum(audiences),
    classification: z.enum(audiences),
    isPreliminary: z.boolean(),
  }),
  suppliers: z.array(
    z.object({
      supplier: z.string(),
      requestedAt: storedMoment,
      dueAt: storedMoment.nullable(),
      receivedAt: storedMoment.nullable(),
      outstanding: z.string(),
    }),
  ),
});

const commitment = z.object({
  id,
  action: text,
  owner: text,
  firstDueOn: day,
  dueOn: day,
  state: z.enum(remediationStates),
  settledAt: moment.nullable(),
  moves: z.array(z.object({ fromOn: day, toOn: day, reason: text, movedAt: moment })),
});

export const publicReport = z
  .object({
    id,
    number: z.string(),
    version: z.int(),
    url: z.url().describe('Its public page.'),
    incident: z.object({ id, number: z.int().nullable(), category: categoryReference }),
    publishedAt: moment,
    updatedAt: moment,
    startedAt: moment,
    outageMinutes: z.number().nullable().describe('recovered − started; null when it is not recorded.'),
    content,
    commitments: z.array(commitment),
    versions: z.array(z.object({ version: z.int(), publishedAt: moment, change: text })),
  })
  .meta({ id: 'PublicReport' });

/** A published report with what is no column of it. */
export const showPublicReport = (row: PublicReport, { publicUrl, paths }: Addresses) => ({
  ...row,
  url: publicUrl + paths.report(paths.root, row.slug),
  outageMinutes: row.outage === null ? null : row.outage / 60_000,
});
