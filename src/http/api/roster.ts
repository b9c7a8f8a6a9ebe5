import { z } from 'zod';
import { duties, roles } from '../../../db/words.ts';
import { anyLanguage } from '../../domain/core/fields.ts';
import { acceptHandOver } from '../../domain/roster/accept-hand-over.ts';
import { addShift } from '../../domain/roster/add-shift.ts';
import { changeShift, removeShift } from '../../domain/roster/change-shift.ts';
import { type HandOver, listHandOvers } from '../../domain/roster/list-hand-overs.ts';
import { offerHandOver } from '../../domain/roster/offer-hand-over.ts';
import { type Roster, readRoster, type Shift } from '../../domain/roster/read-roster.ts';
import { addShiftInput, changeShiftInput, offerHandOverInput } from '../../domain/roster/roster-input.ts';
import { listPeople } from '../../domain/users/list-people.ts';
import { type Answer, type ApiContext, type Operation, operation } from './operation.ts';
import { id, iso, isoOrNull, moment, more } from './values.ts';

const person = z.strictObject({ id, name: z.string() });

const shift = z
  .strictObject({
    id,
    duty: z.enum(duties),
    user: person,
    startsAt: moment,
    endsAt: moment,
    isDisabled: z.boolean().describe('The account is disabled: nobody is on call by it.'),
  })
  .meta({ id: 'Shift' });

const roster = z
  .strictObject({
    now: z.array(shift),
    next: z.array(shift),
    shifts: z.array(shift).describe('That end after now.'),
    more,
    gaps: z.array(z.strictObject({ from: moment, until: moment })).describe('In the next 7 days.'),
  })
  .meta({ id: 'Roster' });

const handOver = z
  .strictObject({
    id,
    from: person,
    to: person,
    note: z.string(),
    createdAt: moment,
    acceptedAt: moment.nullable(),
    promises: z.array(
      z.strictObject({
        id,
        incidentId: id,
        title: anyLanguage(z.string()),
        dueAt: moment,
        isSettled: z.boolean().describe('Kept, or no longer owed.'),
      }),
    ),
  })
  .meta({ id: 'HandOver' });

const showShift = (shown: Shift): z.infer<typeof shift> => ({
  id: shown.id,
  duty: shown.duty,
  user: { id: shown.userId, name: shown.userName },
  startsAt: iso(shown.startsAt),
  endsAt: iso(shown.endsAt),
  isDisabled: shown.isDisabled,
});

const showRoster = (shown: Roster): z.infer<typeof roster> => ({
  now: shown.now.map(showShift),
  next: shown.next.map(showShift),
  shifts: shown.shifts.map(showShift),
  more: shown.more,
  gaps: shown.gaps.map(({ from, until }) => ({ from: iso(from), until: iso(until) })),
});

const showHandOver = (shown: HandOver): z.infer<typeof handOver> => ({
  id: shown.id,
  from: shown.from,
  to: shown.to,
  note: shown.note,
  createdAt: iso(shown.createdAt),
  acceptedAt: isoOrNull(shown.acceptedAt),
  promises: shown.promises.map(({ id, incidentId, titles, dueAt, isSettled }) => ({
    id,
    incidentId,
    title: titles,
    dueAt: iso(dueAt),
    isSettled,
  })),
});

const answerRoster = async (context: ApiContext): Promise<Answer> => ({
  body: { roster: showRoster(await readRoster(context)) },
});

async function answerHandOver(context: ApiContext, id: string): Promise<Answer> {
  const [found] = (await listHandOvers(context, id)).handOvers;
  return { body: { handOver: found && showHandOver(found) } };
}

export const rosterOperations: Operation[] = [
  operation('GET', '/roster', {
    id: 'readRoster',
    summary: 'Who is on call now and next, and which times nobody covers.',
    answer: z.strictObject({ roster }),
    run: answerRoster,
  }),
  operation('POST', '/roster/shifts', {
    id: 'addShift',
    summary: 'Puts somebody on call.',
    input: addShiftInput,
    answer: z.strictObject({ id, roster }),
    status: 201,
    run: async (context, _params, input) => {
      const { id } = await addShift(context, input);
      return { body: { id, ...(await answerRoster(context)).body } };
    },
  }),
  operation('PATCH', '/roster/shifts/{id}', {
    id: 'changeShift',
    summary: 'Changes who is on call in a shift, or when.',
    input: changeShiftInput,
    answer: z.strictObject({ roster }),
    run: async (context, params, input) => {
      await changeShift(context, params.id, input);
      return answerRoster(context);
    },
  }),
  operation('DELETE', '/roster/shifts/{id}', {
    id: 'removeShift',
    summary: 'Takes a shift out of the roster.',
    answer: z.strictObject({ roster }),
    run: async (context, params) => {
      await removeShift(context, params.id);
      return answerRoster(context);
    },
  }),
  operation('GET', '/roster/hand-overs', {
    id: 'listHandOvers',
    summary: 'What its user offered or was offered, with the open promises.',
    answer: z.strictObject({ handOvers: z.array(handOver), more }),
    run: async (context) => {
      const { handOvers, more } = await listHandOvers(context);
      return { body: { handOvers: handOvers.map(showHandOver), more } };
    },
  }),
  operation('POST', '/roster/hand-overs', {
    id: 'offerHandOver',
    summary: 'Offers the open promises to the next person on call.',
    input: offerHandOverInput,
    answer: z.strictObject({ handOver }),
    status: 201,
    run: async (context, _params, input) => answerHandOver(context, (await offerHandOver(context, input)).id),
  }),
  operation('POST', '/roster/hand-overs/{id}/acceptance', {
    id: 'acceptHandOver',
    summary: 'Takes over what was offered to its user.',
    answer: z.strictObject({ handOver }),
    run: async (context, params) => answerHandOver(context, (await acceptHandOver(context, params.id)).id),
  }),
  operation('GET', '/roster/people', {
    id: 'listPeople',
    summary: 'Everybody of the team by name and roles: whom to call, to name or to hand over to.',
    answer: z.strictObject({ people: z.array(person.extend({ roles: z.array(z.enum(roles)) })) }),
    run: async (context) => ({ body: { people: await listPeople(context) } }),
  }),
];
