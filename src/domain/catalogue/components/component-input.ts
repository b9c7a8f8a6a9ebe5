import { z } from 'zod';
import { componentTypes } from '../../../../db/words.ts';
import { anyLanguage, reference, version } from '../../core/fields.ts';
import { line, requiredLine } from '../../core/parse.ts';

/** In each language that the page offers (`named`). */
const name = anyLanguage(requiredLine(100));
const optionalFields = {
  description: anyLanguage(line(500)).optional(),
  /** 1 is the most important. */
  tier: z.number().int().min(1).max(3).optional(),
  isCritical: z.boolean().optional(),
  /** How much it counts for the headline (U-03). */
  weight: z.number().int().min(1).max(10).optional(),
};

export const addComponentInput = z
  .strictObject({ category: reference(), name, type: z.enum(componentTypes), ...optionalFields })
  .meta({ id: 'AddComponent' });

export const changeComponentInput = z
  .strictObject({
    category: reference().optional(),
    name: name.optional(),
    type: z.enum(componentTypes).optional(),
    ...optionalFields,
    version: version(),
  })
  .meta({ id: 'ChangeComponent' });
