import { z } from 'zod';
import { componentStatuses, type Language, languages, occasions, phases } from '../../../db/words.ts';
import { anyLanguage } from '../../domain/core/fields.ts';
import type { TeamUpdate } from '../../domain/incidents/team-incident.ts';
import type { PublicUpdate } from '../../domain/public/public-incident.ts';
import { absoluteLinks } from '../../render/absolute-links.ts';
import { id, iso, isoOrNull, moment } from './values.ts';

const text = z
  .strictObject({
    title: z.string(),
    body: z.string().describe('Markdown.'),
    html: z.string().describe('The body as safe HTML; its links are absolute.'),
    effect: z.string(),
    workaround: z.string(),
    notAffected: z.string(),
  })
  .meta({ id: 'Text' });

export const componentState = z
  .strictObject({
    id,
    status: z.enum(componentStatuses),
    was: z
      .enum(componentStatuses)
      .optional()
      .describe('What it was until then; only of an outage that was over when it was first told.'),
  })
  .meta({ id: 'ComponentState' });

export const publicUpdate = z
  .strictObject({
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

export const showUpdate = (shown: TeamUpdate, incidentUrl: string): z.infer<typeof update> => ({
  ...showPublicUpdate(shown, incidentUrl),
  isHeld: shown.isHeld,
  isFreeText: shown.isFreeText,
});

/** `incidentUrl` is where links of the text to our own page are read from. */
export function showPublicUpdate(
  shown: PublicUpdate | TeamUpdate,
  incidentUrl: string,
): z.infer<typeof publicUpdate> {
  const texts: Partial<Record<Language, z.infer<typeof text>>> = {};
  for (const language of languages) {
    const written = shown.texts[language];
    if (!written) continue;
    const { title, body, bodyHtml, effect, workaround, notAffected } = written;
    const html = absoluteLinks(bodyHtml, incidentUrl);
    texts[language] = { title, body, html, effect, workaround, notAffected };
  }
  return {
    id: shown.id,
    phase: shown.phase,
    occasion: shown.occasion,
    displayAt: iso(shown.displayAt),
    publishedAt: iso(shown.publishedAt),
    nextUpdateBy: isoOrNull(shown.nextUpdateBy),
    correctedAt: isoOrNull(shown.correctedAt),
    components: shown.components.map(showComponentState),
    texts,
  };
}

export const showComponentState = ({
  id,
  status,
  was,
}: z.infer<typeof componentState>): z.infer<typeof componentState> => ({
  id,
  status,
  ...(was ? { was } : {}),
});
