import { z } from 'zod';
import { idPattern } from '../../../db/ids.ts';
import { componentTypes } from '../../../db/words.ts';
import { anyLanguage, bothLanguages, reference, version } from '../core/fields.ts';
import { line, requiredLine } from '../core/parse.ts';

const name = bothLanguages(requiredLine(100));
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

/** An import keeps the ids of its source, so that links to them still work, and what the source said beyond our columns. */
export const importComponentInput = addComponentInput.extend({
  id: z.string().regex(idPattern).optional(),
  source: z.record(z.string(), z.unknown()).optional(),
});

export const changeComponentInput = z
  .strictObject({
    category: reference().optional(),
    name: name.optional(),
    type: z.enum(componentTypes).optional(),
    ...optionalFields,
    version: version(),
  })
  .meta({ id: 'ChangeComponent' });
