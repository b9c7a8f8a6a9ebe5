import { z } from 'zod';
import { duties, roles } from '../../../db/words.ts';
import { notFound } from '../../domain/core/errors.ts';
import { anyLanguage } from '../../domain/core/fields.ts';
import { acceptHandOver } from '../../domain/incidents/hand-overs/accept-hand-over.ts';
import { type HandOver, listHandOvers } from '../../domain/incidents/hand-overs/list-hand-overs.ts';
import { offerHandOver } from '../../domain/incidents/hand-overs/offer-hand-over.ts';
import { addShift } from '../../domain/people/roster/add-shift.ts';
import { changeShift, removeShift } from '../../domain/people/roster/change-shift.ts';
import { readRoster, type Shift } from '../../domain/people/roster/read-roster.ts';
import { listPeople } from '../../domain/people/users/list-people.ts';
import { type ApiContext, change, type Operation, operation } from './operation.ts';
import { id, moment, more } from './values.ts';

const person = z.object({ id, name: z.string() });

const shift = z
  .object({
    id,
    duty: z.enum(duties),
    user: person,
    startsAt: moment,
    endsAt: moment,
    isDisabled: z.boolean().describe('The account is disabled: nobody is on call by it.'),
  })
  .meta({ id: 'Shift' });

const roster = z
  .object({
    now: z.array(shift),
    next: z.array(shift),
    shifts: z.array(shift).describe('That end after now.'),
    more,
    gaps: z.array(z.object({ from: moment, until: moment })).describe('In the next 7 days.'),
  })
  .meta({ id: 'Roster' });

const handOver = z
  .object({
    id,
    from: person,
    to: person,
    note: z.string(),
    createdAt: moment,
    acceptedAt: moment.nullable(),
    promises: z.array(
      z.object({
        id,
        incidentId: id,
        title: anyLanguage(z.string()),
        dueAt: moment,
        isSettled: z.boolean().describe('Kept, or no longer owed.'),
      }),
    ),
  })
  .meta({ id: 'HandOver' });

const withUser = (row: Shift) => ({ ...row, user: { id: row.userId, name: row.userName } });

const showHandOver = (row: HandOver) => ({
  ...row,
  promises: row.promises.map((one) => ({ ...one, title: one.titles })),
});

async function answerRoster(context: ApiContext) {
  const { now, next, shifts, ...more } = await readRoster(context);
  const roster = { ...more, now: now.map(withUser), next: next.map(withUser), shifts: shifts.map(withUser) };
  return { body: { roster } };
}

async function answerHandOver(context: ApiContext, { id }: { id: string }) {
  const [found] = (await listHandOvers(context, id)).handOvers;
  if (!found) throw notFound();
  return { body: { handOver: showHandOver(found) } };
}

export const rosterOperations: Operation[] = [
  operation('GET', '/roster', {
    id: 'readRoster',
    summary: 'Who is on call now and next, and which times nobody covers.',
    answer: z.object({ roster }),
    run: answerRoster,
  }),
  change('POST', '/roster/shifts', {
    id: 'addShift',
    summary: 'Puts somebody on call.',
    act: addShift,
    answer: z.object({ id, roster }),
    status: 201,
    show: async (context, { id }) => ({ body: { id, ...(await answerRoster(context)).body } }),
  }),
  change('PATCH', '/roster/shifts/{id}', {
    id: 'changeShift',
    summary: 'Changes who is on call in a shift, or when.',
    act: changeShift,
    answer: z.object({ roster }),
    show: answerRoster,
  }),
  change('DELETE', '/roster/shifts/{id}', {
    id: 'removeShift',
    summary: 'Takes a shift out of the roster.',
    act: removeShift,
    answer: z.object({ roster }),
    show: answerRoster,
  }),
  operation('GET', '/roster/hand-overs', {
    id: 'listHandOvers',
    summary: 'What its user offered or was offered, with the open promises.',
    answer: z.object({ handOvers: z.array(handOver), more }),
    run: async (context) => {
      const { handOvers, more } = await listHandOvers(context);
      return { body: { handOvers: handOvers.map(showHandOver), more } };
    },
  }),
  change('POST', '/roster/hand-overs', {
    id: 'offerHandOver',
    summary: 'Offers the open promises to the next person on call.',
    act: offerHandOver,
    answer: z.object({ handOver }),
    status: 201,
    show: answerHandOver,
  }),
  change('POST', '/roster/hand-overs/{id}/acceptance', {
    id: 'acceptHandOver',
    summary: 'Takes over what was offered to its user.',
    act: acceptHandOver,
    answer: z.object({ handOver }),
    show: answerHandOver,
  }),
  operation('GET', '/roster/people', {
    id: 'listPeople',
    summary: 'Everybody of the team by name and roles: whom to call, to name or to hand over to.',
    answer: z.object({ people: z.array(person.extend({ roles: z.array(z.enum(roles)) })) }),
    run: async (context) => ({ body: { people: await listPeople(context) } }),
  }),
];
