import { z } from 'zod';
import { inSomeLanguages } from '../../../db/localised.ts';
import { promiseAudiences } from '../../../db/words.ts';
import { anyLanguage } from '../../domain/core/fields.ts';
import { readDesk } from '../../domain/desk/read-desk.ts';
import { escalationReasons } from '../../domain/incidents/log/escalation-proposal.ts';
import { listPromises, type TeamPromise } from '../../domain/incidents/promises/list-promises.ts';
import { promiseStates } from '../../domain/incidents/promises/promise-state.ts';
import { readOwed } from '../../domain/incidents/promises/read-owed.ts';
import {
  promiseRecordInput,
  readPromiseRecord,
} from '../../domain/incidents/promises/read-promise-record.ts';
import { readIncident } from '../../domain/incidents/read-incident.ts';
import { type Operation, operation } from './operation.ts';
import { id, moment, more } from './values.ts';

const promise = z
  .object({
    id,
    incidentId: id,
    audience: z.enum(promiseAudiences),
    updateId: z.string().nullable().describe('The update that made it; null for one to management.'),
    madeAt: moment,
    dueAt: moment,
    answeredAt: moment.nullable(),
    withdrawnAt: moment.nullable(),
    state: z.enum(promiseStates),
    lateSeconds: z.int().describe('By how much it came, or stays, behind.'),
  })
  .meta({ id: 'Promise' });

const withSeconds = (row: TeamPromise) => ({ ...row, lateSeconds: Math.ceil(row.lateBy / 1_000) });

const count = z
  .object({
    kept: z.int(),
    missed: z.int(),
    open: z.int(),
    rate: z.number().nullable().describe('Kept of those whose time is over, 0 to 1.'),
  })
  .meta({ id: 'PromiseCount' });

const record = z
  .object({
    month: z.string(),
    customers: count,
    management: count,
    firstUpdate: z
      .object({
        count: z.int(),
        toldLater: z.int().describe('Told when they were over; not among the others.'),
        medianSeconds: z.number().nullable(),
        p95Seconds: z.number().nullable(),
      })
      .describe('From the start of an incident to its first public update.'),
    incidents: z.array(z.object({ id, title: anyLanguage(z.string()), promises: z.array(promise) })),
  })
  .meta({ id: 'PromiseRecord' });

const owed = z.object({
  promises: z.array(
    z.object({
      incidentId: id,
      audience: z.enum(promiseAudiences),
      madeAt: moment,
      dueAt: moment,
      state: z.enum(['open', 'due_soon', 'overdue']),
    }),
  ),
  proposals: z.array(z.object({ incidentId: id, reason: z.enum(escalationReasons), since: moment })),
  more: more.describe('Open incidents beyond those that were looked at; mostly 0.'),
});

const seconds = (milliseconds: number | null): number | null =>
  milliseconds === null ? null : milliseconds / 1_000;

export const promiseOperations: Operation[] = [
  operation('GET', '/incidents/{id}/promises', {
    id: 'listPromises',
    summary: 'What was promised on an incident, and whether it came.',
    answer: z.object({ promises: z.array(promise).describe('Newest first.') }),
    run: async (context, params) => {
      const found = await readIncident(context, params.id);
      return { body: { promises: (await listPromises(context, found.id)).map(withSeconds) } };
    },
  }),
  operation('GET', '/promises', {
    id: 'readPromiseRecord',
    summary: 'Promises kept and missed in a month, and the time to the first update.',
    input: promiseRecordInput,
    answer: z.object({ record }),
    run: async (context, _params, input) => {
      const found = await readPromiseRecord(context, input);
      const { count, toldLater, median, p95 } = found.firstUpdate;
      const firstUpdate = { count, toldLater, medianSeconds: seconds(median), p95Seconds: seconds(p95) };
      const incidents = found.incidents.map(({ id, texts, promises }) => ({
        id,
        title: inSomeLanguages((language) => texts[language]?.title),
        promises: promises.map(withSeconds),
      }));
      return { body: { record: { ...found.audiences, month: found.month, firstUpdate, incidents } } };
    },
  }),
  operation('GET', '/promises/owed', {
    id: 'readOwed',
    summary: 'What is owed now, the most urgent first, and which incidents should be escalated.',
    answer: owed,
    run: async (context) => {
      const { open, more } = await readDesk(context);
      const found = await readOwed(context, open);
      return {
        body: {
          promises: found.promises.map((row) => ({ ...row, incidentId: row.incident.id })),
          proposals: [...found.proposals].map(([incidentId, row]) => ({ ...row, incidentId })),
          more,
        },
      };
    },
  }),
];
