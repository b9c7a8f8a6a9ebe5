/** Incidents of which nothing is public, and what the teams say of any. */
import { z } from 'zod';
import { labelIncident } from '../../domain/incidents/label-incident.ts';
import { giveReason, revokeReason } from '../../domain/incidents/not-public/give-reason.ts';
import { listNotPublic } from '../../domain/incidents/not-public/list-not-public.ts';
import { recordIncident } from '../../domain/incidents/not-public/record-incident.ts';
import { setAffectsCustomers } from '../../domain/incidents/not-public/set-affects-customers.ts';
import { incident, showIncident } from './incident-shape.ts';
import { answerIncident, answerNewIncident } from './incidents.ts';
import { change, type Operation, operation } from './operation.ts';
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
      const incidents = notPublic.map((row) => ({ ...row, incident: showIncident(row, context) }));
      return { body: { incidents, more } };
    },
  }),
  change('POST', '/not-public', {
    id: 'logIncident',
    summary: 'Records an incident without any public update.',
    act: recordIncident,
    answer: one,
    status: 201,
    show: answerNewIncident,
  }),
  change('PUT', '/incidents/{id}/reason', {
    id: 'giveReason',
    summary: 'Says why an incident stays out of the public page.',
    act: giveReason,
    answer: one,
    show: answerIncident,
  }),
  change('DELETE', '/incidents/{id}/reason', {
    id: 'revokeReason',
    summary: 'Takes that reason back.',
    act: revokeReason,
    answer: one,
    show: answerIncident,
  }),
  change('PUT', '/incidents/{id}/customers', {
    id: 'setAffectsCustomers',
    summary: 'Says whether customers feel it.',
    act: setAffectsCustomers,
    answer: one,
    show: answerIncident,
  }),
  change('PUT', '/incidents/{id}/labels', {
    id: 'labelIncident',
    summary: 'Sets the labels of the teams; never public.',
    act: labelIncident,
    answer: one,
    show: answerIncident,
  }),
];
