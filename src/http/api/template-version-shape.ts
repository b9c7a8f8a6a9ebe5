import { z } from 'zod';
import { templateOrigins } from '../../../db/words.ts';
import { id, moment } from './values.ts';

/** One wording of a template, as the JSON API shows it. */
export const templateVersion = z
  .object({
    version: z.int(),
    sourceVersion: z
      .int()
      .nullable()
      .describe(
        'The version of the other language that this one says the same as; null for a text of its own.',
      ),
    title: z.string(),
    body: z.string(),
    workaround: z.string(),
    origin: z.enum(templateOrigins),
    createdBy: id.nullable(),
    createdAt: moment,
    approvedBy: id.nullable(),
    approvedAt: moment.nullable(),
    validUntil: moment.nullable(),
  })
  .meta({ id: 'TemplateVersion' });
