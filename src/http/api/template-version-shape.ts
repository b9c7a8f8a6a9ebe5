import { z } from 'zod';
import { templateOrigins } from '../../../db/words.ts';
import type { TemplateVersion } from '../../domain/templates/read-versions.ts';
import { id, iso, isoOrNull, moment } from './values.ts';

/** One wording of a template, as the JSON API shows it. */
export const templateVersion = z
  .strictObject({
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

export const showVersion = (version: TemplateVersion): z.infer<typeof templateVersion> => ({
  version: version.version,
  sourceVersion: version.sourceVersion,
  title: version.title,
  body: version.body,
  workaround: version.workaround,
  origin: version.origin,
  createdBy: version.createdBy,
  createdAt: iso(version.createdAt),
  approvedBy: version.approvedBy,
  approvedAt: isoOrNull(version.approvedAt),
  validUntil: isoOrNull(version.validUntil),
});
