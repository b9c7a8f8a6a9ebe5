/** What an import needs of a Statuspage object; every other key is kept unread. */
import { z } from 'zod';
import { componentStatuses, impacts } from '../../../db/words.ts';

const id = z.string().regex(/^[0-9a-z]{12}$/, 'is not an id of 12 small letters and digits');
const time = z.iso
  .datetime({
    offset: true,
    error: (issue) => (typeof issue.input === 'string' ? 'is not a time with its zone' : undefined),
  })
  .refine((value) => value >= '1970', 'lies before 1970');
/** Twice what Statuspage takes; keeps one text from holding up the import. */
const body = z.string().max(50_000, 'is longer than 50,000 characters');
const name = z
  .string()
  .max(1_000, 'is longer than 1,000 characters')
  .refine((value) => cleanLine(value) !== '', 'is empty');
/** What Statuspage says of an incident and of a maintenance, however many phases we have. */
const phasesOfIncident = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
const phasesOfMaintenance = ['scheduled', 'in_progress', 'verifying', 'completed', 'cancelled'] as const;
const status = z.enum([...phasesOfIncident, 'postmortem', ...phasesOfMaintenance]);

export const pageSchema = z.looseObject({
  id: z.string().min(1, 'is empty'),
  name: z.string(),
  url: z.string().regex(/^https?:\/\/[^\s"<>]+$/, 'is not the address of a page'),
});
export type Page = z.infer<typeof pageSchema>;

export const componentSchema = z.looseObject({
  id,
  name,
  status: z.enum(componentStatuses).nullish(),
  created_at: time.nullish(),
  updated_at: time.nullish(),
  position: z.unknown(),
  description: body.nullish(),
  group_id: id.nullish(),
  group: z.boolean().nullish(),
});
export type SourceComponent = z.infer<typeof componentSchema>;

/** Before 2017 a list could hold a sentence without a code: kept, but no component. */
const affectedSchema = z.looseObject({
  code: id.nullish(),
  name: z.string().nullish(),
  new_status: z.enum(componentStatuses).nullish(),
});

const updateSchema = z.looseObject({
  id,
  status,
  body,
  created_at: time,
  updated_at: time.nullish(),
  display_at: time.nullish(),
  incident_id: z.unknown(),
  affected_components: z.array(affectedSchema).nullish(),
});

export const incidentSchema = z
  .looseObject({
    id,
    name,
    status,
    impact: z.enum(impacts),
    created_at: time,
    updated_at: time.nullish(),
    started_at: time.nullish(),
    resolved_at: z.unknown(),
    scheduled_for: time.nullish(),
    scheduled_until: time.nullish(),
    incident_updates: z.array(updateSchema).min(1, 'holds no update'),
    components: z.array(componentSchema).nullish(),
  })
  .superRefine((incident, found) => {
    const fits = isMaintenance(incident) ? maintenanceStatuses : incidentStatuses;
    const seen = new Set<string>();
    for (const [at, update] of incident.incident_updates.entries()) {
      const path = ['incident_updates', at];
      if (!fits.includes(update.status)) {
        found.addIssue({
          code: 'custom',
          path: [...path, 'status'],
          message: `does not fit the rest: ${update.status}`,
        });
      }
      if (seen.has(update.id))
        found.addIssue({ code: 'custom', path: [...path, 'id'], message: 'occurs twice' });
      seen.add(update.id);
    }
  });
export type SourceIncident = z.infer<typeof incidentSchema>;

const incidentStatuses: readonly string[] = [...phasesOfIncident, 'postmortem'];
const maintenanceStatuses: readonly string[] = [...phasesOfMaintenance, 'postmortem'];

export const isMaintenance = (incident: { status: string; scheduled_for?: string | null }): boolean =>
  Boolean(incident.scheduled_for) || (phasesOfMaintenance as readonly string[]).includes(incident.status);

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are removed.
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;

/** The text without what a database, a feed or a reader cannot take; line breaks stay. */
export const clean = (text: string): string => text.toWellFormed().replace(controlCharacters, '');

export const cleanLine = (text: string): string =>
  clean(text)
    .replace(/[\s\u2028\u2029]+/g, ' ')
    .trim();

/** The first refusal as a sentence that names the field, which lies below `within`. */
export function sentence(error: z.ZodError, ...within: string[]): string {
  const issue = error.issues[0];
  if (!issue) return 'This is not as expected.';
  const path = [...within, ...issue.path];
  const field = path.length > 0 ? `“${path.join('.')}”` : 'This';
  if (issue.code === 'invalid_value') return `${field} is not one of: ${issue.values.join(', ')}.`;
  if (issue.code !== 'invalid_type') return `${field} ${issue.message}.`;
  const found = issue.message.split('received ').at(-1);
  return found === 'undefined'
    ? `${field} is missing.`
    : `${field} must be of type ${issue.expected}, not ${found}.`;
}
