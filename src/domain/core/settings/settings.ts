import { z } from 'zod';
import { type Language, languages } from '../../../../db/words.ts';
import { requiredLine } from '../parse.ts';
import { contrast, paperColours } from './contrast.ts';

/** The sections of the settings page, in their order. */
const settingGroups = [
  'organisation',
  'colours',
  'promises',
  'management',
  'desk',
  'reports',
  'words',
  'availability',
  'closing',
] as const;
export type SettingGroup = (typeof settingGroups)[number];

/** How a setting is asked for and shown. */
export type SettingField =
  | { kind: 'line'; max: number }
  | { kind: 'zone' }
  | { kind: 'contact'; max: number }
  | { kind: 'colour'; on: 'light' | 'dark' }
  /** A length in minutes, said in hours and days as well. */
  | { kind: 'minutes'; min: number; max: number }
  | { kind: 'whole'; min: number; max: number }
  | { kind: 'weight'; min: number; max: number }
  /** Words, one a line. */
  | { kind: 'lines' }
  /** Some of the product's languages, in an order. */
  | { kind: 'languages' };

interface Setting {
  group: SettingGroup;
  field: SettingField;
  /** What is valid, with its default. */
  schema: z.ZodDefault;
}

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const line = (group: SettingGroup, max: number, preset: string) => ({
  group,
  field: { kind: 'line', max } as const,
  schema: requiredLine(max).default(preset),
});

const zone = (group: SettingGroup, preset: string) => ({
  group,
  field: { kind: 'zone' } as const,
  schema: z.string().max(60).refine(isZone, { error: 'wrong_zone' }).default(preset),
});

const isContact = (value: string): boolean =>
  value === '' || /^https:\/\/[^\s"<>]+$/.test(value) || z.email().safeParse(value).success;

/** An e-mail address or an https address, as a link needs it; empty while nobody has said one: none is better than a false one. */
const contact = (group: SettingGroup, max = 500) => ({
  group,
  field: { kind: 'contact', max } as const,
  schema: z.string().max(max).refine(isContact, { error: 'wrong_contact' }).default(''),
});

const isColour = (value: string): boolean => /^#[0-9a-f]{6}$/i.test(value);

const colour = (group: SettingGroup, on: 'light' | 'dark', preset: string) => ({
  group,
  field: { kind: 'colour', on } as const,
  schema: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, { error: 'wrong_colour' })
    .refine((value) => !isColour(value) || contrast(value, paperColours[on]) >= 4.5, {
      error: 'low_contrast',
    })
    .default(preset),
});

const numberOf = <K extends 'minutes' | 'whole'>(
  kind: K,
  group: SettingGroup,
  min: number,
  max: number,
  preset: number,
) => ({
  group,
  field: { kind, min, max },
  schema: z.number().int().min(min).max(max).default(preset),
});

const minutes = (group: SettingGroup, preset: number, max = 10_080) =>
  numberOf('minutes', group, 1, max, preset);

const whole = (group: SettingGroup, min: number, max: number, preset: number) =>
  numberOf('whole', group, min, max, preset);

const weight = (group: SettingGroup, preset: number) => ({
  group,
  field: { kind: 'weight', min: 0, max: 1 } as const,
  schema: z.number().min(0).max(1).default(preset),
});

/** A short list of words, each once. */
const lines = (group: SettingGroup) => ({
  group,
  field: { kind: 'lines' } as const,
  schema: z
    .array(requiredLine(100))
    .max(500)
    .refine((all) => new Set(all.map((term) => term.toLowerCase())).size === all.length, {
      error: 'repeated',
    })
    .default([]),
});

/** In which languages customers are answered, the first at the root of the page; each once, one at least. */
const languageOrder = (group: SettingGroup) => ({
  group,
  field: { kind: 'languages' } as const,
  schema: z
    .array(z.enum(languages))
    .min(1, { error: 'required' })
    .refine((all) => new Set(all).size === all.length, { error: 'repeated' })
    .default([...languages] as Language[]),
});

/**
 * Every decision of the organisation: where the page asks for it, how, within which bounds, and its default. The key is the
 * row's key in the `settings` table, and camel-cased its name in the API; its label stands in `i18n/en/settings.ts`.
 */
export const settingTable = {
  organisation_name: line('organisation', 60, 'Klartext'),
  time_zone: zone('organisation', 'Europe/Berlin'),
  languages: languageOrder('organisation'),
  support_contact: contact('organisation'),
  security_contact: contact('organisation'),
  accent_light: colour('colours', 'light', '#1d4a8f'),
  accent_dark: colour('colours', 'dark', '#9cc0f5'),
  /** Minutes until the next promised update, by priority. */
  promise_minutes_p0: minutes('promises', 15),
  promise_minutes_p1: minutes('promises', 30),
  promise_minutes_p2: minutes('promises', 60),
  promise_minutes_not_reviewed: minutes('promises', 30),
  /** Minutes until management hears again, by priority; P2 and P3 are not told by the clock. */
  management_minutes_p0: minutes('management', 30),
  management_minutes_p1: minutes('management', 60),
  /** Seconds that an update from the desk is held before it is public. */
  hold_seconds: whole('desk', 0, 60, 10),
  /** Maintenance announced later than this before its start counts as emergency work. */
  maintenance_notice_hours: whole('desk', 0, 2_160, 72),
  /** How long before its start the people on call are reminded of a maintenance; 0 never. */
  maintenance_reminder_minutes: whole('desk', 0, 10_080, 60),
  /** Words that must never be published, such as names of customers or projects. */
  redaction_terms: lines('words'),
  /** Host names and addresses of ours that may be published. */
  public_names: lines('words'),
  /** Working days (Monday to Friday) after resolution in which a report is due, and after it the meeting. */
  report_working_days: whole('reports', 1, 60, 5),
  /** Working days after a P1 was set by which a manager says that it gets no report. */
  report_decision_working_days: whole('reports', 1, 60, 2),
  meeting_working_days: whole('reports', 1, 60, 5),
  /** Calendar days after an item is done until somebody is asked whether it helped. */
  effectiveness_days: whole('reports', 1, 366, 30),
  /** Weights of a minute in the availability figure (U-07); a major outage always counts whole. */
  availability_weight_partial: weight('availability', 0.3),
  availability_weight_degraded: weight('availability', 0),
  /** Minutes to close, by priority, where a category does not say its own. */
  close_minutes_p0: minutes('closing', 1_440),
  close_minutes_p1: minutes('closing', 2_880),
  close_minutes_p2: minutes('closing', 10_080, 525_600),
  close_minutes_p3: minutes('closing', 43_200, 525_600),
} satisfies Record<string, Setting>;

export type SettingKey = keyof typeof settingTable;
export const settingKeys = Object.keys(settingTable) as SettingKey[];
/** As the page asks for them: group by group, in the order of the table. */
export const settingsByGroup = settingGroups.map((group) => ({
  group,
  keys: settingKeys.filter((key) => settingTable[key].group === group),
}));

/** The table's own types, which `Object.fromEntries` forgets. */
type Shape = { [K in SettingKey]: (typeof settingTable)[K]['schema'] };
export const settingsSchema = z.strictObject(
  Object.fromEntries(settingKeys.map((key) => [key, settingTable[key].schema])) as Shape,
);

export type Settings = z.infer<typeof settingsSchema>;
export const defaultSettings: Settings = settingsSchema.parse({});
