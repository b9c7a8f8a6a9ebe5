/** Incidents of which nothing is public, and what the teams say of any. */
import { z } from 'zod';
import { labelIncident } from '../../domain/incidents/label-incident.ts';
import { giveReason, revokeReason } from '../../domain/not-public/give-reason.ts';
import { listNotPublic } from '../../domain/not-public/list-not-public.ts';
import {
  giveReasonInput,
  labelIncidentInput,
  recordIncidentInput,
  setAffectsCustomersInput,
} from '../../domain/not-public/not-public-input.ts';
import { recordIncident } from '../../domain/not-public/record-incident.ts';
import { setAffectsCustomers } from '../../domain/not-public/set-affects-customers.ts';
import { apiPaths } from '../../paths.ts';
import { incident, showIncident } from './incident-shape.ts';
import { answerIncident } from './incidents.ts';
import { type Operation, operation } from './operation.ts';
import { moment, more } from './values.ts';

const one = z.object({ incident });

const notPublic = z
  .object({
    incident,
    ageMinutes: z.int().describe('Since it started.'),
    isUrgent: z.boolean().describe('P0 or P1.'),
    publishingAt: moment.nullable().describe('Its first update is held and comes by itself.'),
  })
  .meta({ id: 'NotPublic' });

export const notPublicOperations: Operation[] = [
  operation('GET', '/not-public', {
    id: 'listNotPublic',
    summary: 'Incidents that affect customers while nothing of them is public and no reason says why.',
    answer: z.object({ incidents: z.array(notPublic), more }),
    run: async (context) => {
      const { notPublic, more } = await listNotPublic(context);
      const incidents = notPublic.map((row) => ({ ...row, incident: showIncident(row, context.publicUrl) }));
      return { body: { incidents, more } };
    },
  }),
  operation('POST', '/not-public', {
    id: 'logIncident',
    summary: 'Records an incident without any public update.',
    input: recordIncidentInput,
    answer: one,
    status: 201,
    run: async (context, _params, input) => {
      const { id } = await recordIncident(context, input);
      return { ...(await answerIncident(context, id)), location: apiPaths.incident(id) };
    },
  }),
  operation('PUT', '/incidents/{id}/reason', {
    id: 'giveReason',
    summary: 'Says why an incident stays out of the public page.',
    input: giveReasonInput,
    answer: one,
    run: async (context, params, input) =>
      answerIncident(context, (await giveReason(context, params.id, input)).id),
  }),
  operation('DELETE', '/incidents/{id}/reason', {
    id: 'revokeReason',
    summary: 'Takes that reason back.',
    answer: one,
    run: async (context, params) => answerIncident(context, (await revokeReason(context, params.id)).id),
  }),
  operation('PUT', '/incidents/{id}/customers', {
    id: 'setAffectsCustomers',
    summary: 'Says whether customers feel it.',
    input: setAffectsCustomersInput,
    answer: one,
    run: async (context, params, input) =>
      answerIncident(context, (await setAffectsCustomers(context, params.id, input)).id),
  }),
  operation('PUT', '/incidents/{id}/labels', {
    id: 'labelIncident',
    summary: 'Sets the labels of the teams; never public.',
    input: labelIncidentInput,
    answer: one,
    run: async (context, params, input) =>
      answerIncident(context, (await labelIncident(context, params.id, input)).id),
  }),
];
