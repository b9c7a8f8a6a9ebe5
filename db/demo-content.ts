/** The fictitious company of `content/demo.yaml`, checked; a mistake is named with its line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { anyLanguage, eachLanguage, slug } from '../src/domain/core/fields.ts';
import { line, prose, requiredLine } from '../src/domain/core/parse.ts';
import { readYaml } from './read-yaml.ts';
import {
  componentStatuses,
  componentTypes,
  incidentKinds,
  languages,
  occasions,
  priorities,
  roles,
} from './words.ts';

const key = z.string().regex(/^[a-z0-9_]{1,60}$/);
/** A phrase's key, or own words; in one language alone the other one waits for its translation. */
const phrase = z.union([key, anyLanguage(requiredLine(500))]);
const statuses = z.record(key, z.enum(componentStatuses));
const explanation = eachLanguage(prose());

const update = z.strictObject({
  after_minutes: z.number().int(),
  occasion: z.enum(occasions),
  effect: key.optional(),
  cause: phrase.optional(),
  reason: phrase.optional(),
  action: phrase.optional(),
  explanation: explanation.optional(),
  wrong: eachLanguage(line(500)).optional(),
  right: eachLanguage(line(500)).optional(),
  /** Of an extended maintenance: its length from the planned start. */
  new_minutes: z.number().int().min(1).optional(),
  components: statuses.optional(),
  /** The update said `explanation` first, and was put right later. */
  corrected: z
    .strictObject({ after_minutes: z.number().int(), explanation, note: eachLanguage(requiredLine(500)) })
    .optional(),
});

const incident = z.strictObject({
  /** Names it for its report. */
  key: key.optional(),
  kind: z.enum(incidentKinds),
  category: slug(),
  effect: key,
  scope: key,
  priority: z.enum(priorities).optional(),
  components: statuses,
  title: eachLanguage(requiredLine()).optional(),
  /** Length of a maintenance. */
  minutes: z.number().int().min(1).optional(),
  /** A maintenance that starts and completes itself. */
  automatic: z.boolean().optional(),
  updates: z.array(update).min(1),
});

const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const demoFile = z.strictObject({
  company: z.strictObject({
    name: requiredLine(60),
    support: z.email(),
    security: z.email(),
    time_zone: line(60),
    /** The group that answers for its problems. */
    group: requiredLine(60),
  }),
  people: z.array(
    z.strictObject({
      role: z.enum(roles),
      name: requiredLine(100),
      language: z.enum(languages),
      /** The address of a further person of the role. */
      address: key.optional(),
    }),
  ),
  components: z.array(
    z.strictObject({
      key,
      category: slug(),
      name: eachLanguage(requiredLine(100)),
      type: z.enum(componentTypes),
      tier: z.number().int(),
      critical: z.boolean(),
      weight: z.number().int(),
    }),
  ),
  incidents: z.array(incident.extend({ days_ago: z.number().int().min(2), at: localTime })),
  active: z.array(incident.extend({ started_minutes_ago: z.number().int().min(1) })),
  planned: z.array(incident.extend({ starts_in_days: z.number().int().min(1), at: localTime })),
});

export type DemoContent = z.infer<typeof demoFile>;
export type DemoIncident = z.infer<typeof incident>;
export type DemoUpdate = z.infer<typeof update>;

const file = 'content/demo.yaml';

export const readDemoContent = (root: string): DemoContent =>
  readYaml(demoFile, { file, text: readFileSync(join(root, file), 'utf8'), firstLine: 1 });
