import { z } from 'zod';
import { componentStatuses, impacts, incidentKinds, phases } from '../../../db/words.ts';
import { anyLanguage, bothLanguages } from '../../domain/core/fields.ts';
import { headline, headlineText } from '../../domain/public/headline.ts';
import { readStatus } from '../../domain/public/read-status.ts';
import { type ApiContext, type Operation, operation } from './operation.ts';
import { id, isoOrNull, moment } from './values.ts';

const status = z
  .strictObject({
    headline: bothLanguages(z.string()),
    status: z.enum(componentStatuses),
    changedAt: moment
      .nullable()
      .describe('The last publication or correction; the same as long as nothing new was said.'),
    openIncidents: z.array(
      z.strictObject({
        id,
        number: z.int().nullable(),
        phase: z.enum(phases),
        impact: z.enum(impacts),
        title: anyLanguage(z.string()),
        nextUpdateBy: moment.nullable(),
        isOverdue: z.boolean().describe('The promised update has not come in time.'),
        overdueSince: moment.nullable(),
        kind: z.enum(incidentKinds),
        scheduledFor: moment.nullable(),
        scheduledUntil: moment.nullable(),
        isEmergency: z.boolean(),
      }),
    ),
    plannedMaintenance: z
      .array(
        z.strictObject({
          id,
          number: z.int().nullable(),
          title: anyLanguage(z.string()),
          scheduledFor: moment.nullable(),
          scheduledUntil: moment.nullable(),
          isEmergency: z.boolean(),
          isAutomatic: z.boolean(),
        }),
      )
      .describe('Announced, the next one first.'),
  })
  .meta({ id: 'Status' });

async function showStatus(context: ApiContext): Promise<{ body: z.infer<typeof status>; validUntil: Date }> {
  const found = await readStatus(context);
  const body = {
    headline: {
      en: headlineText(headline(found.troubled, 'en')),
      de: headlineText(headline(found.troubled, 'de')),
    },
    status: found.status,
    changedAt: isoOrNull(found.changedAt),
    openIncidents: found.active.map(
      ({ id, number, phase, impact, titles, nextUpdateBy, overdueSince, kind, ...more }) => ({
        id,
        number,
        phase,
        impact,
        title: titles,
        nextUpdateBy: isoOrNull(nextUpdateBy),
        isOverdue: overdueSince !== null,
        overdueSince: isoOrNull(overdueSince),
        kind,
        scheduledFor: isoOrNull(more.scheduledFor),
        scheduledUntil: isoOrNull(more.scheduledUntil),
        isEmergency: more.isEmergency,
      }),
    ),
    plannedMaintenance: found.planned.map(({ id, number, titles, isEmergency, isAutomatic, ...more }) => ({
      id,
      number,
      title: titles,
      scheduledFor: isoOrNull(more.scheduledFor),
      scheduledUntil: isoOrNull(more.scheduledUntil),
      isEmergency,
      isAutomatic,
    })),
  };
  return { body, validUntil: found.validUntil };
}

export const statusOperations: Operation[] = [
  operation('GET', '/status', {
    id: 'readStatus',
    summary: 'The state of everything in a few words. Made to be polled: ask with If-None-Match.',
    answer: status,
    publicRead: {
      answer: status,
      run: async (context) => ({ ...(await showStatus(context)), tags: ['incidents'] }),
    },
    run: async (context) => ({ body: (await showStatus(context)).body }),
  }),
];
