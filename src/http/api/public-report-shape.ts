import { z } from 'zod';
import { audiences, milestones, priorities, remediationStates, reportSections } from '../../../db/words.ts';
import { anyLanguage } from '../../domain/core/fields.ts';
import type { PublicReport } from '../../domain/public/public-report.ts';
import { publicPaths } from '../../paths.ts';
import { categoryReference, referToCategory } from './incident-shape.ts';
import { id, iso, isoOrNull, moment } from './values.ts';

const text = anyLanguage(z.string());
const day = z.iso.date();

const content = z.strictObject({
  priority: z.enum(priorities),
  title: text,
  texts: z.partialRecord(z.enum(reportSections), text),
  milestones: z.partialRecord(z.enum(milestones), moment),
  entries: z.array(z.strictObject({ at: moment, text })),
  header: z.strictObject({
    owner: text,
    author: text,
    audience: z.enum(audiences),
    classification: z.enum(audiences),
    isPreliminary: z.boolean(),
  }),
  suppliers: z.array(
    z.strictObject({
      supplier: z.string(),
      requestedAt: moment,
      dueAt: moment.nullable(),
      receivedAt: moment.nullable(),
      outstanding: z.string(),
    }),
  ),
});

const commitment = z.strictObject({
  id,
  action: text,
  owner: text,
  firstDueOn: day,
  dueOn: day,
  state: z.enum(remediationStates),
  settledAt: moment.nullable(),
  moves: z.array(z.strictObject({ fromOn: day, toOn: day, reason: text, movedAt: moment })),
});

export const publicReport = z
  .strictObject({
    id,
    number: z.string(),
    version: z.int(),
    url: z.url().describe('Its public page.'),
    incident: z.strictObject({ id, number: z.int().nullable(), category: categoryReference }),
    publishedAt: moment,
    updatedAt: moment,
    startedAt: moment,
    outageMinutes: z.number().nullable().describe('recovered − started; null when it is not recorded.'),
    content,
    commitments: z.array(commitment),
    versions: z.array(z.strictObject({ version: z.int(), publishedAt: moment, change: text })),
  })
  .meta({ id: 'PublicReport' });

export function showPublicReport(shown: PublicReport, publicUrl: string): z.infer<typeof publicReport> {
  // What changed is told with the versions; the plan as it stands now, with the commitments.
  const { remediation: _plan, planDigest: _digest, change: _change, ...rest } = shown.content;
  return {
    id: shown.id,
    number: shown.number,
    version: shown.version,
    url: publicUrl + publicPaths.report('en', shown.slug),
    incident: {
      id: shown.incident.id,
      number: shown.incident.number,
      category: referToCategory(shown.incident.category),
    },
    publishedAt: iso(shown.publishedAt),
    updatedAt: iso(shown.updatedAt),
    startedAt: iso(shown.startedAt),
    outageMinutes: shown.outage === null ? null : shown.outage / 60_000,
    content: rest,
    commitments: shown.commitments.map((one) => ({
      ...one,
      settledAt: isoOrNull(one.settledAt),
      moves: one.moves.map((move) => ({ ...move, movedAt: iso(move.movedAt) })),
    })),
    versions: shown.versions.map((one) => ({ ...one, publishedAt: iso(one.publishedAt) })),
  };
}
