import { z } from 'zod';
import { occasions } from '../../../../db/words.ts';
import { anyLanguage, reference, version } from '../../core/fields.ts';
import { instant, line, prose } from '../../core/parse.ts';

const wording = z.strictObject({
  /** Empty, or not given: the title of the incident stays. */
  title: line().optional(),
  body: prose().refine((value) => value.trim() !== '', { error: 'required' }),
  workaround: line(1_000).optional(),
  /** The newest version that the author saw, 0 for none; another one is a conflict. */
  version: z.number().int().min(0).optional(),
  /** The version of the other language that this says the same as; null for a text of its own. */
  sourceVersion: z.number().int().min(1).nullable().optional(),
});

export const addTemplateVersionInput = z
  .strictObject({
    /** A slug or an id; null, or nothing, is the base. */
    category: reference().nullable().optional(),
    occasion: z.enum(occasions),
    texts: anyLanguage(wording),
    /** Both languages say the same now. Taken for granted when both are changed at once. */
    isSame: z.boolean().optional(),
    /** From then on the wording counts as free text again. */
    validUntil: instant().nullable().optional(),
  })
  .meta({ id: 'AddTemplateVersion' });

/** The templates to approve; without `ids` and `versions` all that are not approved. */
export const approveTemplatesInput = z
  .strictObject({
    ids: z.array(reference()).max(1_000).optional(),
    /** Exactly these versions; one that is no longer the newest is a conflict, and then none is approved. */
    versions: z
      .array(z.strictObject({ id: reference(), version: z.number().int().min(1) }))
      .max(1_000)
      .optional(),
  })
  .meta({ id: 'ApproveTemplates' });

export const expireTemplateInput = z
  .strictObject({
    /** The approved version that the manager saw; another one is a conflict. */
    version: version(),
    /** When it ends; nothing is now, null takes an end away. */
    validUntil: instant().nullable().optional(),
  })
  .meta({ id: 'ExpireTemplate' });

export type AddTemplateVersionInput = z.infer<typeof addTemplateVersionInput>;
export type WordingInput = NonNullable<AddTemplateVersionInput['texts']['en']>;
