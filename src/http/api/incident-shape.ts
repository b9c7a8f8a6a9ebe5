import { z } from 'zod';
import { impacts, incidentKinds, phases, priorities } from '../../../db/words.ts';
import { anyLanguage, eachLanguage } from '../../domain/core/fields.ts';
import type { TeamIncident } from '../../domain/incidents/team-incident.ts';
import type { PublicIncident, PublicUpdate } from '../../domain/public/public-incident.ts';
import type { Addresses } from './operation.ts';
import { componentState, publicUpdate, update, withHtml } from './update-shape.ts';
import { id, moment, version } from './values.ts';

export const categoryReference = z
  .object({ id, slug: z.string(), name: eachLanguage(z.string()) })
  .meta({ id: 'CategoryReference' });

export const publicIncident = z
  .object({
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
  .object({
    text: z.string(),
    owner: z.object({ id, name: z.string() }).nullable(),
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

/** An incident for everybody, with what is no column of it. */
export const showPublicIncident = (row: PublicIncident, addresses: Addresses) => ({
  ...row,
  ...derived(row, row.updates, addresses),
});

/** An incident for the team, with what is no column of it. */
export const showIncident = (row: TeamIncident, addresses: Addresses) => ({
  ...row,
  ...derived(row, row.updates, addresses),
  title: row.updates.length > 0 ? row.titles : {},
  nextAction: { text: row.nextAction, owner: row.nextActionOwner },
  planned: row.planned.map((one) => withHtml(one, urlOf(row, addresses))),
});

const derived = <Update extends Pick<PublicUpdate, 'texts'>>(
  row: PublicIncident | TeamIncident,
  updates: readonly Update[],
  addresses: Addresses,
) => ({
  title: row.titles,
  url: urlOf(row, addresses),
  isOverdue: row.overdueSince !== null,
  updates: updates.map((one) => withHtml(one, urlOf(row, addresses))),
});

const urlOf = ({ id }: { id: string }, { publicUrl, paths }: Addresses): string =>
  publicUrl + paths.incident(paths.root, id);
