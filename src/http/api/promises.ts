import { z } from 'zod';
import { promiseAudiences } from '../../../db/words.ts';
import { anyLanguage } from '../../domain/core/fields.ts';
import { readDesk } from '../../domain/desk/read-desk.ts';
import { readIncident } from '../../domain/incidents/read-incident.ts';
import { escalationReasons } from '../../domain/log/escalation-proposal.ts';
import { listPromises, type TeamPromise } from '../../domain/promises/list-promises.ts';
import { promiseStates } from '../../domain/promises/promise-state.ts';
import { readOwed } from '../../domain/promises/read-owed.ts';
import {
  type PromiseCount,
  promiseRecordInput,
  readPromiseRecord,
} from '../../domain/promises/read-promise-record.ts';
import { type Operation, operation } from './operation.ts';
import { id, iso, isoOrNull, moment, more } from './values.ts';

const promise = z
  .strictObject({
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

const showPromise = (shown: TeamPromise): z.infer<typeof promise> => ({
  id: shown.id,
  incidentId: shown.incidentId,
  audience: shown.audience,
  updateId: shown.updateId,
  madeAt: iso(shown.madeAt),
  dueAt: iso(shown.dueAt),
  answeredAt: isoOrNull(shown.answeredAt),
  withdrawnAt: isoOrNull(shown.withdrawnAt),
  state: shown.state,
  lateSeconds: Math.ceil(shown.lateBy / 1_000),
});

const count = z
  .strictObject({
    kept: z.int(),
    missed: z.int(),
    open: z.int(),
    rate: z.number().nullable().describe('Kept of those whose time is over, 0 to 1.'),
  })
  .meta({ id: 'PromiseCount' });

const showCount = ({ kept, missed, open, rate }: PromiseCount): z.infer<typeof count> => ({
  kept,
  missed,
  open,
  rate,
});

const record = z
  .strictObject({
    month: z.string(),
    customers: count,
    management: count,
    firstUpdate: z
      .strictObject({
        count: z.int(),
        toldLater: z.int().describe('Told when they were over; not among the others.'),
        medianSeconds: z.number().nullable(),
        p95Seconds: z.number().nullable(),
      })
      .describe('From the start of an incident to its first public update.'),
    incidents: z.array(z.strictObject({ id, title: anyLanguage(z.string()), promises: z.array(promise) })),
  })
  .meta({ id: 'PromiseRecord' });

const owed = z.strictObject({
  promises: z.array(
    z.strictObject({
      incidentId: id,
      audience: z.enum(promiseAudiences),
      madeAt: moment,
      dueAt: moment,
      state: z.enum(['open', 'due_soon', 'overdue']),
    }),
  ),
  proposals: z.array(z.strictObject({ incidentId: id, reason: z.enum(escalationReasons), since: moment })),
  more: more.describe('Open incidents beyond those that were looked at; mostly 0.'),
});

const seconds = (milliseconds: number | null): number | null =>
  milliseconds === null ? null : milliseconds / 1_000;

export const promiseOperations: Operation[] = [
  operation('GET', '/incidents/{id}/promises', {
    id: 'listPromises',
    summary: 'What was promised on an incident, and whether it came.',
    answer: z.strictObject({ promises: z.array(promise).describe('Newest first.') }),
    run: async (context, params) => {
      const found = await readIncident(context, params.id);
      return { body: { promises: (await listPromises(context, found.id)).map(showPromise) } };
    },
  }),
  operation('GET', '/promises', {
    id: 'readPromiseRecord',
    summary: 'Promises kept and missed in a month, and the time to the first update.',
    input: promiseRecordInput,
    answer: z.strictObject({ record }),
    run: async (context, _params, input) => {
      const found = await readPromiseRecord(context, input);
      const { count: first, toldLater, median, p95 } = found.firstUpdate;
      return {
        body: {
          record: {
            month: found.month,
            customers: showCount(found.audiences.customers),
            management: showCount(found.audiences.management),
            firstUpdate: {
              count: first,
              toldLater,
              medianSeconds: seconds(median),
              p95Seconds: seconds(p95),
            },
            incidents: found.incidents.map(({ id: incidentId, texts, promises }) => ({
              id: incidentId,
              title: {
                ...(texts.en ? { en: texts.en.title } : {}),
                ...(texts.de ? { de: texts.de.title } : {}),
              },
              promises: promises.map(showPromise),
            })),
          },
        },
      };
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
          promises: found.promises.map(({ incident, audience, madeAt, dueAt, state }) => ({
            incidentId: incident.id,
            audience,
            madeAt: iso(madeAt),
            dueAt: iso(dueAt),
            state,
          })),
          proposals: [...found.proposals].map(([incidentId, { reason, since }]) => ({
            incidentId,
            reason,
            since: iso(since),
          })),
          more,
        },
      };
    },
  }),
];
