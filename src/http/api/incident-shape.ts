import { z } from 'zod';
import { impacts, incidentKinds, phases, priorities } from '../../../db/words.ts';
import { anyLanguage, bothLanguages } from '../../domain/core/fields.ts';
import type { TeamIncident } from '../../domain/incidents/team-incident.ts';
import type { PublicCategory, PublicIncident } from '../../domain/public/public-incident.ts';
import { publicPaths } from '../../paths.ts';
import {
  componentState,
  publicUpdate,
  showComponentState,
  showPublicUpdate,
  showUpdate,
  update,
} from './update-shape.ts';
import { id, iso, isoOrNull, moment, version } from './values.ts';

export const categoryReference = z
  .strictObject({ id, slug: z.string(), name: bothLanguages(z.string()) })
  .meta({ id: 'CategoryReference' });

export const referToCategory = ({ id, slug, name }: PublicCategory): z.infer<typeof categoryReference> => ({
  id,
  slug,
  name: { en: name.en, de: name.de },
});

export const publicIncident = z
  .strictObject({
    id,
    number: z.int().nullable(),
    kind: z.enum(incidentKinds),
    phase: z.enum(phases).nullable(),
    impact: z.enum(impacts),
    category: categoryReference,
    title: anyLanguage(z.string()),
    url: z.url().describe('Its public page.'),
    startedAt: moment,
    resolvedAt: moment.nullable(),
    scheduledFor: moment.nullable(),
    scheduledUntil: moment.nullable(),
    isEmergency: z.boolean().describe('A maintenance announced at shorter notice than the settings ask for.'),
    isAutomatic: z.boolean().describe('A maintenance that starts and completes itself.'),
    nextUpdateBy: moment.nullable(),
    isOverdue: z.boolean().describe('The promised update has not come in time.'),
    overdueSince: moment.nullable(),
    updatedAt: moment,
    components: z.array(componentState),
    updates: z.array(publicUpdate).describe('Newest first.'),
  })
  .meta({ id: 'PublicIncident' });

const nextAction = z
  .strictObject({
    text: z.string(),
    owner: z.strictObject({ id, name: z.string() }).nullable(),
  })
  .meta({ id: 'NextAction' });

export const incident = publicIncident
  .extend({
    priority: z.enum(priorities),
    isReviewed: z.boolean().describe('False until somebody set the priority.'),
    priorityBy: id.nullable().describe('Who set the priority that stands.'),
    validatedBy: id.nullable().describe('Who else validated it; null while nobody did.'),
    validatedAt: moment.nullable(),
    isRestricted: z.boolean(),
    publishedAt: moment.nullable(),
    createdAt: moment,
    nextAction,
    version,
    releasedAt: moment.nullable().describe('Of a restricted one: public from here on.'),
    internalTitle: z.string().describe('What the team calls it while no update gives it a title.'),
    affectsCustomers: z.boolean(),
    notPublicReason: z.string().nullable(),
    labels: z.array(z.string()),
    updates: z.array(update).describe('Newest first.'),
    planned: z.array(update).describe('What a maintenance will say by itself; the next one first.'),
  })
  .meta({ id: 'Incident' });

export function showPublicIncident(shown: PublicIncident, publicUrl: string): z.infer<typeof publicIncident> {
  const common = commonFields(shown, publicUrl);
  return { ...common, updates: shown.updates.map((one) => showPublicUpdate(one, common.url)) };
}

export function showIncident(shown: TeamIncident, publicUrl: string): z.infer<typeof incident> {
  const { priority, isReviewed, isRestricted, version, publishedAt, createdAt } = shown;
  const times = { publishedAt: isoOrNull(publishedAt), createdAt: iso(createdAt) };
  const common = commonFields(shown, publicUrl);
  const updates = shown.updates.map((one) => showUpdate(one, common.url));
  const { internalTitle, affectsCustomers, notPublicReason, labels } = shown;
  return {
    ...common,
    title: updates.length > 0 ? shown.titles : {},
    releasedAt: isoOrNull(shown.releasedAt),
    internalTitle,
    affectsCustomers,
    notPublicReason,
    labels,
    priority,
    isReviewed,
    priorityBy: shown.priorityBy,
    validatedBy: shown.validatedBy,
    validatedAt: isoOrNull(shown.validatedAt),
    isRestricted,
    ...times,
    nextAction: { text: shown.nextAction, owner: shown.nextActionOwner },
    version,
    updates,
    planned: shown.planned.map((one) => showUpdate(one, common.url)),
  };
}

/** What an incident is to everybody: named one by one, so that a new column is not shown by accident. */
function commonFields(shown: PublicIncident | TeamIncident, publicUrl: string) {
  return {
    id: shown.id,
    number: shown.number,
    kind: shown.kind,
    phase: shown.phase,
    impact: shown.impact,
    category: referToCategory(shown.category),
    title: shown.titles,
    url: publicUrl + publicPaths.incident('en', shown.id),
    startedAt: iso(shown.startedAt),
    resolvedAt: isoOrNull(shown.resolvedAt),
    scheduledFor: isoOrNull(shown.scheduledFor),
    scheduledUntil: isoOrNull(shown.scheduledUntil),
    isEmergency: shown.isEmergency,
    isAutomatic: shown.isAutomatic,
    nextUpdateBy: isoOrNull(shown.nextUpdateBy),
    isOverdue: shown.overdueSince !== null,
    overdueSince: isoOrNull(shown.overdueSince),
    updatedAt: iso(shown.updatedAt),
    components: shown.components.map(showComponentState),
  };
}
