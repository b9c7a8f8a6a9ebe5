/** The reports of the demo's company in `content/demo-reports.yaml`, checked; a mistake is named with its line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { eachLanguage } from '../src/domain/core/fields.ts';
import { prose, requiredLine } from '../src/domain/core/parse.ts';
import { readYaml } from './read-yaml.ts';
import { milestones, remediationAims, reportSections, roles } from './words.ts';

const days = z.number().int().min(0);
const moment = z.strictObject({ after_days: days, at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/) });
const both = eachLanguage(requiredLine(500));
const fromTo = z.tuple([z.string(), z.string()]);

const item = z.strictObject({
  action: both,
  aim: z.enum(remediationAims),
  owner: z.enum(roles),
  owner_function: both,
  due_after_days: days,
  begun_after_days: days.optional(),
  done_after_days: days.optional(),
  /** Whether it helped, noted two weeks after it was done. */
  effect: requiredLine(500).optional(),
  moved: z.strictObject({ after_days: days, to_after_days: days, reason: both }).optional(),
});

const version = z.strictObject({
  written: moment,
  submitted: moment,
  approved: moment.optional(),
  published: moment.optional(),
  /** What it changes, and the words that it replaces. */
  change: both.optional(),
  replaced: eachLanguage(fromTo)
    .extend({ section: z.enum(reportSections) })
    .optional(),
  meeting: z
    .strictObject({
      planned: moment,
      held: moment,
      changed: z.array(z.enum(reportSections)),
      decisions: requiredLine(500),
    })
    .optional(),
});

const report = z.strictObject({
  incident: requiredLine(60),
  /** Why a P1 gets one. */
  decision: requiredLine(500).optional(),
  title: both,
  owner_function: both,
  author_function: both,
  milestones: z.record(z.enum(milestones).exclude(['started']), z.number().int()),
  entries: z.array(eachLanguage(requiredLine(500)).extend({ after_minutes: z.number().int() })),
  sections: z.record(z.enum(reportSections), eachLanguage(prose())),
  problem: z.strictObject({ tag: requiredLine(60), cause: requiredLine(500) }),
  items: z.array(item),
  versions: z.array(version).min(1),
});

const reportsFile = z.strictObject({ reports: z.array(report) });

export type DemoReport = z.infer<typeof report>;
export type DemoVersion = z.infer<typeof version>;
export type DemoItem = z.infer<typeof item>;
export type DemoMoment = z.infer<typeof moment>;

const file = 'content/demo-reports.yaml';

export const readDemoReports = (root: string): DemoReport[] =>
  readYaml(reportsFile, { file, text: readFileSync(join(root, file), 'utf8'), firstLine: 1 }).reports;
