import { z } from 'zod';
import { componentTypes, type Language } from '../../../../db/words.ts';
import { anyLanguage, eachOffered, reference, version } from '../../core/fields.ts';
import { line, requiredLine } from '../../core/parse.ts';

const name = (offered: readonly Language[]) => eachOffered(requiredLine(100), offered);
const optionalFields = {
  description: anyLanguage(line(500)).optional(),
  /** 1 is the most important. */
  tier: z.number().int().min(1).max(3).optional(),
  isCritical: z.boolean().optional(),
  /** How much it counts for the headline (U-03). */
  weight: z.number().int().min(1).max(10).optional(),
};

export const addComponentInput = (offered: readonly Language[]) =>
  z
    .strictObject({
      category: reference(),
      name: name(offered),
      type: z.enum(componentTypes),
      ...optionalFields,
    })
    .meta({ id: 'AddComponent' });

export const changeComponentInput = (offered: readonly Language[]) =>
  z
    .strictObject({
      category: reference().optional(),
      name: name(offered).optional(),
      type: z.enum(componentTypes).optional(),
      ...optionalFields,
      version: version(),
    })
    .meta({ id: 'ChangeComponent' });
