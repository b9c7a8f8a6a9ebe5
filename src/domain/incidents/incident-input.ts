import { z } from 'zod';
import { componentStatuses, incidentKinds, occasions, phases, priorities } from '../../../db/words.ts';
import { anyLanguage, version } from '../core/fields.ts';
import { instant, line, prose, requiredLine } from '../core/parse.ts';
import { reason, reasonIfAny } from '../core/reason.ts';
import { slotNames } from '../wording/templates/slots.ts';

/** A phrase key, a moment, or the text per language, as the slot's type asks. */
const slotValue = z.union([line(2_000), anyLanguage(prose())]);

const texts = anyLanguage(
  z.strictObject({
    title: line().optional(),
    body: prose().optional(),
    effect: line().optional(),
    workaround: line(1_000).optional(),
    notAffected: line(1_000).optional(),
  }),
);

/** In place of a status: the level of the effect, else of the impact. */
export const asEffect = 'as_effect';

const messageFields = {
  occasion: z.enum(occasions).optional(),
  slots: z.partialRecord(z.enum(slotNames), slotValue).optional(),
  phase: z.enum(phases).optional(),
  impact: z.enum(['none', 'minor', 'major', 'critical']).optional(),
  components: z
    .record(z.string().max(50), z.enum([...componentStatuses, asEffect]))
    .optional()
    .describe(
      'The complete set of what is affected; an empty one means nothing is. Left out, the first update names all active components of the category at the level of its effect, and a later one what was named before. `as_effect` gives one component that level.',
    ),
  texts: texts.optional(),
  nextUpdateBy: instant().optional(),
  holdSeconds: z.number().int().min(0).max(60).optional(),
  /** Why it is published although the lint of the texts blocks it; audited. */
  lintReason: reasonIfAny(500).optional(),
  /** Why somebody publishes without the role `csup`; stored for CSUP, and audited. */
  standInReason: reasonIfAny(500).optional(),
  /** Why somebody publishes who is not on call now; asked for where a roster covers now, and audited. */
  offDutyReason: reasonIfAny(500).optional(),
  /** A maintenance starts and completes itself at its planned instants. */
  isAutomatic: z.boolean().optional(),
  /** It may overlap another maintenance of the same components. */
  allowOverlap: z.boolean().optional(),
};

/** When it ended, of an outage whose first word is that it is over (`resolved`); `components` then say what was affected. */
const endedAt = instant().optional();

/** A template's occasion with slots, or a phase with texts; at least one language. */
export const openIncidentInput = z
  .strictObject({
    category: requiredLine(100),
    kind: z.enum(incidentKinds).optional(),
    ...messageFields,
    startedAt: instant().optional(),
    endedAt,
    scheduledFor: instant().optional(),
    scheduledUntil: instant().optional(),
    /** Only named people and the security role see it, until security releases it. */
    isRestricted: z.boolean().optional(),
    /** Ids of the people who may see a restricted incident beside the security role. */
    readers: z.array(line(50)).max(100).optional(),
  })
  .meta({ id: 'OpenIncident' });

export const postUpdateInput = z
  .strictObject({
    ...messageFields,
    /** When it was true, if that was before now. */
    displayAt: instant().optional(),
    /** When it began; only with the first update. */
    startedAt: instant().optional(),
    endedAt,
    /** A new start of a maintenance that has not begun. */
    scheduledFor: instant().optional(),
    scheduledUntil: instant().optional(),
    /** The version of the incident that the author saw; another one is a conflict. */
    version: version(),
  })
  .meta({ id: 'PostUpdate' });

export const undoUpdateInput = z
  .strictObject({
    /** Customers are not affected (of a maintenance: nothing is planned), so nothing of it will be public; only of its one update. */
    isMistake: z.boolean().optional(),
    /** Why it stays out of the public page, when it was a mistake; otherwise a sentence says so. */
    reason: reasonIfAny(500).optional(),
  })
  .meta({ id: 'UndoUpdate' });

const noteSlot = anyLanguage(line(250));

export const correctUpdateInput = z
  .strictObject({
    texts,
    /** What was corrected, in a sentence for readers. */
    note: anyLanguage(line(500)).optional(),
    isOtherRight: z
      .boolean()
      .optional()
      .describe(
        'An update in two languages of which only one is corrected: the text of the other one is still right.',
      ),
    lintReason: reasonIfAny(500).optional(),
    /** The same from the template of corrections: which statement was wrong, and what is right instead. */
    slots: z.strictObject({ wrong: noteSlot.optional(), right: noteSlot.optional() }).optional(),
    /** Why somebody corrects without the role `csup`. */
    standInReason: reasonIfAny(500).optional(),
    /** Why somebody corrects who is not on call now; asked for where a roster covers now, and audited. */
    offDutyReason: reasonIfAny(500).optional(),
    version: version(),
  })
  .meta({ id: 'CorrectUpdate' });

export const classifyIncidentInput = z
  .strictObject({
    priority: z.enum(priorities),
    reason: reason(),
    version: version(),
  })
  .meta({ id: 'ClassifyIncident' });

export const validatePriorityInput = z.strictObject({ version: version() }).meta({ id: 'ValidatePriority' });

export type OpenIncidentInput = z.infer<typeof openIncidentInput>;
export type PostUpdateInput = z.infer<typeof postUpdateInput>;
export type SlotInput = NonNullable<OpenIncidentInput['slots']>;
type TextsInput = z.infer<typeof texts>;
export type TextInput = NonNullable<TextsInput['en']>;
