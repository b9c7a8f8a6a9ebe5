import { z } from 'zod';
import { occasions } from '../../../../db/words.ts';
import { prose } from '../../core/parse.ts';

/** What a draft is for: a new incident of a category, or the next update of an incident. */
export const draftSubject = z.string().regex(/^(category|incident):[0-9a-z]{12}$/);

/** More than any form of ours has; the bytes of all fields together are bounded by the request. */
const fieldLimit = 2_000;

export const saveDraftInput = z
  .strictObject({
    occasion: z.enum(occasions),
    /** The fields of the composer as they were typed, by their names. */
    values: z
      .record(z.string().max(120), z.array(prose()).max(50))
      .refine((values) => Object.keys(values).length <= fieldLimit, { error: 'wrong_value' }),
  })
  .meta({ id: 'SaveDraft' });

export type DraftValues = z.infer<typeof saveDraftInput>['values'];

/** Where what was typed waits while its update is held, so that undoing gives it back. */
export const heldSubject = (updateId: string): string => `update:${updateId}`;
