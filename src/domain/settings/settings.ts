import { z } from 'zod';
import { requiredLine } from '../core/parse.ts';
import { contrast, paperColours } from './contrast.ts';

const minutes = z.number().int().min(1).max(10_080);

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

/** An e-mail address or an https address, as a link needs it; empty while nobody has said one: none is better than a false one. */
const contact = z
  .string()
  .max(500)
  .refine(
    (value) => value === '' || /^https:\/\/[^\s"<>]+$/.test(value) || z.email().safeParse(value).success,
    {
      error: 'wrong_contact',
    },
  );

/** A short list of words, each once. */
const terms = z
  .array(requiredLine(100))
  .max(500)
  .refine((all) => new Set(all.map((term) => term.toLowerCase())).size === all.length, { error: 'repeated' });

const colour = (scheme: 'light' | 'dark') =>
  z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, { error: 'wrong_colour' })
    .refine((value) => !/^#[0-9a-f]{6}$/i.test(value) || contrast(value, paperColours[scheme]) >= 4.5, {
      error: 'low_contrast',
    });

/** Every decision of the organisation with its default; the key is the row's key in the `settings` table. */
export const settingsSchema = z.strictObject({
  organisation_name: requiredLine(60).default('Klartext'),
  time_zone: z.string().max(60).refine(isZone, { error: 'wrong_zone' }).default('Europe/Berlin'),
  support_contact: contact.default(''),
  security_contact: contact.default(''),
  accent_light: colour('light').default('#1d4a8f'),
  accent_dark: colour('dark').default('#9cc0f5'),
  /** Minutes until the next promised update, by priority (design §8.5). */
  promise_minutes_p0: minutes.default(15),
  promise_minutes_p1: minutes.default(30),
  promise_minutes_p2: minutes.default(60),
  promise_minutes_not_reviewed: minutes.default(30),
  /** Minutes until management hears again, by priority; P2 and P3 are not told by the clock. */
  management_minutes_p0: minutes.default(30),
  management_minutes_p1: minutes.default(60),
  /** Seconds that an update from the desk is held before it is public (design §8.2). */
  hold_seconds: z.number().int().min(0).max(60).default(10),
  /** Maintenance announced later than this before its start counts as emergency work. */
  maintenance_notice_hours: z.number().int().min(0).max(2_160).default(72),
  /** How long before its start the people on call are reminded of a maintenance; 0 never. */
  maintenance_reminder_minutes: z.number().int().min(0).max(10_080).default(60),
  /** Words that must never be published, such as names of customers or projects; one a line on the screen. */
  redaction_terms: terms.default([]),
  /** Host names and addresses of ours that may be published. */
  public_names: terms.default([]),
  /** Working days (Monday to Friday) after resolution in which a report is due, and after it the meeting. */
  report_working_days: z.number().int().min(1).max(60).default(5),
  /** Working days after a P1 was set by which a manager says that it gets no report. */
  report_decision_working_days: z.number().int().min(1).max(60).default(2),
  meeting_working_days: z.number().int().min(1).max(60).default(5),
  /** Calendar days after an item is done until somebody is asked whether it helped. */
  effectiveness_days: z.number().int().min(1).max(366).default(30),
  /** Weights of a minute in the availability figure (U-07); a major outage always counts whole. */
  availability_weight_partial: z.number().min(0).max(1).default(0.3),
  availability_weight_degraded: z.number().min(0).max(1).default(0),
  /** Minutes to close, by priority, where a category does not say its own. */
  close_minutes_p0: minutes.default(1_440),
  close_minutes_p1: minutes.default(2_880),
  close_minutes_p2: z.number().int().min(1).max(525_600).default(10_080),
  close_minutes_p3: z.number().int().min(1).max(525_600).default(43_200),
});

export type Settings = z.infer<typeof settingsSchema>;
export type SettingKey = keyof Settings;
export const settingKeys = Object.keys(settingsSchema.shape) as SettingKey[];
export const defaultSettings: Settings = settingsSchema.parse({});
