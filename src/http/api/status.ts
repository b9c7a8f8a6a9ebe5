import { z } from 'zod';
import { inEachLanguage } from '../../../db/localised.ts';
import { componentStatuses, impacts, incidentKinds, phases } from '../../../db/words.ts';
import { anyLanguage, eachLanguage } from '../../domain/core/fields.ts';
import { headline, headlineText } from '../../domain/public/headline.ts';
import { readStatus } from '../../domain/public/read-status.ts';
import { type ApiContext, type Operation, operation } from './operation.ts';
import { id, moment } from './values.ts';

const status = z
  .object({
    headline: eachLanguage(z.string()),
    status: z.enum(componentStatuses),
    changedAt: moment
      .nullable()
      .describe('The last publication or correction; the same as long as nothing new was said.'),
    openIncidents: z.array(
      z.object({
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
        z.object({
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

async function showStatus(context: ApiContext) {
  const { troubled, active, planned, validUntil, ...found } = await readStatus(context);
  const body = {
    ...found,
    headline: inEachLanguage((language) => headlineText(headline(troubled, language))),
    openIncidents: active.map((row) => ({ ...row, title: row.titles, isOverdue: row.overdueSince !== null })),
    plannedMaintenance: planned.map((row) => ({ ...row, title: row.titles })),
  };
  return { body, validUntil };
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
