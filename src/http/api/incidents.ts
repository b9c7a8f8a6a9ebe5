import { z } from 'zod';
import { notFound } from '../../domain/core/errors.ts';
import { classifyIncident } from '../../domain/incidents/classify-incident.ts';
import { listIncidents, listIncidentsInput } from '../../domain/incidents/list-incidents.ts';
import { openIncident } from '../../domain/incidents/open-incident.ts';
import { readIncident } from '../../domain/incidents/read-incident.ts';
import { correctUpdate } from '../../domain/incidents/updates/correct-update.ts';
import { postUpdate } from '../../domain/incidents/updates/post-update.ts';
import { publishNow } from '../../domain/incidents/updates/publish-now.ts';
import { undoUpdate } from '../../domain/incidents/updates/undo-update.ts';
import { validatePriority } from '../../domain/incidents/validate-priority.ts';
import { readIncidentPage } from '../../domain/public/read-incident-page.ts';
import { readNewest } from '../../domain/public/read-newest.ts';
import { apiPaths } from '../../paths.ts';
import { incident, publicIncident, showIncident, showPublicIncident } from './incident-shape.ts';
import { type ApiContext, change, type Operation, operation } from './operation.ts';
import { update } from './update-shape.ts';
import { id } from './values.ts';

const one = z.object({ incident });
const withUpdate = z.object({ update: update.describe('The one just written.'), incident });

export const incidentOperations: Operation[] = [
  operation('GET', '/incidents', {
    id: 'listIncidents',
    summary:
      'Incidents and maintenances, newest start first; without a token all public ones that are open, running or announced, and 50 at a time of those that are over.',
    input: listIncidentsInput,
    answer: z.object({
      incidents: z.array(incident),
      next: id.nullable().describe('`before` of the next page.'),
    }),
    publicRead: {
      goesOn: true,
      answer: z.object({
        incidents: z.array(publicIncident),
        next: id.nullable().describe('`before` of the next page.'),
      }),
      run: async (context, _params, before) => {
        const { incidents, next, validUntil } = await readNewest(context, before);
        const shown = incidents.map((each) => showPublicIncident(each, context));
        return { body: { incidents: shown, next }, tags: ['incidents'], validUntil };
      },
    },
    run: async (context, _params, input) => {
      const { incidents, next } = await listIncidents(context, input);
      return { body: { incidents: incidents.map((each) => showIncident(each, context)), next } };
    },
  }),
  change('POST', '/incidents', {
    id: 'openIncident',
    summary: 'Opens an incident or a maintenance with its first update.',
    act: openIncident,
    answer: one,
    status: 201,
    show: answerNewIncident,
  }),
  operation('GET', '/incidents/{id}', {
    id: 'readIncident',
    summary: 'One incident with all its updates.',
    answer: one,
    publicRead: {
      answer: z.object({ incident: publicIncident }),
      run: async (context, params) => {
        const page = await readIncidentPage(context, params.id);
        if (!page) throw notFound();
        const shown = showPublicIncident(page.incident, context);
        return { body: { incident: shown }, tags: [`incident:${params.id}`], validUntil: page.validUntil };
      },
    },
    run: answerIncident,
  }),
  change('POST', '/incidents/{id}/updates', {
    id: 'postUpdate',
    summary: 'Posts an update. It is public at once, unless it asks to be held.',
    act: postUpdate,
    answer: withUpdate,
    status: 201,
    show: answerUpdate,
  }),
  change('POST', '/incidents/{id}/priority', {
    id: 'classifyIncident',
    summary: 'Sets the priority, with a reason; a P0 or P1 is left by a proposal and a second person alone.',
    act: classifyIncident,
    answer: one,
    show: answerIncident,
  }),
  change('POST', '/incidents/{id}/priority/validation', {
    id: 'validatePriority',
    summary: 'Says that the priority fits: somebody else than who set it.',
    act: validatePriority,
    answer: one,
    show: answerIncident,
  }),
  change('PATCH', '/updates/{id}', {
    id: 'correctUpdate',
    summary: 'Corrects the words of an update, or adds a translation. Readers see that it was corrected.',
    act: correctUpdate,
    answer: withUpdate,
    show: answerUpdate,
  }),
  change('DELETE', '/updates/{id}', {
    id: 'undoUpdate',
    summary:
      'Takes a held update back before it is public. Nothing of it was or will be public. The undo of the first one may say that it was a mistake.',
    act: undoUpdate,
    answer: one,
    show: answerIncident,
  }),
  change('POST', '/updates/{id}/publication', {
    id: 'publishNow',
    summary: 'Publishes a held update, and those held before it, at once.',
    act: publishNow,
    answer: withUpdate,
    show: answerUpdate,
  }),
];

export async function answerNewIncident(context: ApiContext, made: { id: string }) {
  return { ...(await answerIncident(context, made)), location: apiPaths.incident(made.id) };
}

export async function answerIncident(context: ApiContext, { id }: { id: string }) {
  return { body: { incident: showIncident(await readIncident(context, id), context) } };
}

async function answerUpdate(context: ApiContext, written: { id: string; updateId: string }) {
  const found = await readIncident(context, written.id);
  const incident = showIncident(found, context);
  const update = incident.updates.find(({ id }) => id === written.updateId);
  if (!update) throw notFound();
  return { body: { update, incident } };
}
