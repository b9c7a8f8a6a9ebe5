import { z } from 'zod';
import { escalationTargets, logEntryKinds, phases, priorities } from '../../../db/words.ts';
import { addLogEntry } from '../../domain/incidents/log/add-log-entry.ts';
import { briefManagement } from '../../domain/incidents/log/brief-management.ts';
import { escalate } from '../../domain/incidents/log/escalate.ts';
import { readLog } from '../../domain/incidents/log/read-log.ts';
import { setNextAction } from '../../domain/incidents/log/set-next-action.ts';
import { readIncident } from '../../domain/incidents/read-incident.ts';
import { incident } from './incident-shape.ts';
import { answerIncident } from './incidents.ts';
import { type ApiContext, change, type Operation, operation } from './operation.ts';
import { id, moment } from './values.ts';

const logLine = z
  .object({
    id: z.string(),
    kind: z.enum([...logEntryKinds, 'phase', 'priority']),
    at: moment.describe('When it happened.'),
    text: z.string(),
    by: z.string().nullable(),
    target: z.enum(escalationTargets).nullable(),
    toWhom: z.string(),
    phase: z.enum(phases).nullable(),
    priority: z.enum(priorities).nullable(),
  })
  .meta({ id: 'LogLine' });

const log = z.object({ log: z.array(logLine).describe('Newest first.') });
const added = log.extend({ entryId: id });

/** What a line of one kind has and another has not. */
const none = { text: '', by: null, target: null, toWhom: '', phase: null, priority: null };

async function showLog(context: ApiContext, incidentId: string) {
  const { lines } = await readLog(context, await readIncident(context, incidentId));
  return lines.map((line) => ({ ...none, ...line }));
}

async function answerEntry(context: ApiContext, written: { id: string; entryId: string }) {
  return { body: { entryId: written.entryId, log: await showLog(context, written.id) } };
}

export const logOperations: Operation[] = [
  operation('GET', '/incidents/{id}/log', {
    id: 'readLog',
    summary: 'What was done on an incident and when: entries, phases and priorities.',
    answer: log,
    run: async (context, params) => ({ body: { log: await showLog(context, params.id) } }),
  }),
  change('POST', '/incidents/{id}/log', {
    id: 'addLogEntry',
    summary: 'Adds a note to the log. Nothing can change or remove it.',
    act: addLogEntry,
    answer: added,
    status: 201,
    show: answerEntry,
  }),
  change('POST', '/incidents/{id}/briefings', {
    id: 'briefManagement',
    summary: 'Tells management how it stands, and answers what was promised to it.',
    act: briefManagement,
    answer: added,
    status: 201,
    show: answerEntry,
  }),
  change('POST', '/incidents/{id}/escalations', {
    id: 'escalate',
    summary: 'Records an escalation to the client, inside the company, or to a third party.',
    act: escalate,
    answer: added,
    status: 201,
    show: answerEntry,
  }),
  change('PUT', '/incidents/{id}/next-action', {
    id: 'setNextAction',
    summary: 'Says what is done next and by whom.',
    act: setNextAction,
    answer: z.object({ incident }),
    show: answerIncident,
  }),
];
