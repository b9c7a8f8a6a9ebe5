import { z } from 'zod';
import { inSomeLanguages } from '../../../db/localised.ts';
import { componentStatuses, occasions, phases } from '../../../db/words.ts';
import { anyLanguage } from '../../domain/core/fields.ts';
import type { UpdateText } from '../../domain/incidents/updates/timeline.ts';
import type { PublicUpdate } from '../../domain/public/public-incident.ts';
import { absoluteLinks } from '../../render/absolute-links.ts';
import { id, moment } from './values.ts';

const text = z
  .object({
    title: z.string(),
    body: z.string().describe('Markdown.'),
    html: z.string().describe('The body as safe HTML; its links are absolute.'),
    effect: z.string(),
    workaround: z.string(),
    notAffected: z.string(),
  })
  .meta({ id: 'Text' });

export const componentState = z
  .object({
    id,
    status: z.enum(componentStatuses),
    was: z
      .enum(componentStatuses)
      .optional()
      .describe('What it was until then; only of an outage that was over when it was first told.'),
  })
  .meta({ id: 'ComponentState' });

export const publicUpdate = z
  .object({
    id,
    phase: z.enum(phases),
    occasion: z.enum(occasions).nullable(),
    displayAt: moment.describe('When it was true.'),
    publishedAt: moment.describe('When the world could read it.'),
    nextUpdateBy: moment.nullable(),
    correctedAt: moment.nullable(),
    components: z.array(componentState),
    texts: anyLanguage(text),
  })
  .meta({ id: 'PublicUpdate' });

export const update = publicUpdate
  .extend({ isHeld: z.boolean().describe('Not public yet.'), isFreeText: z.boolean() })
  .meta({ id: 'Update' });

/** Adds the HTML of the texts with absolute links; links to our own page are read from `incidentUrl`. */
export function withHtml<Row extends Pick<PublicUpdate, 'texts'>>(row: Row, incidentUrl: string) {
  const shown = (text: UpdateText | undefined) =>
    text && { ...text, html: absoluteLinks(text.bodyHtml, incidentUrl) };
  return { ...row, texts: inSomeLanguages((language) => shown(row.texts[language])) };
}
