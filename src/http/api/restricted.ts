/** The restricted lane: who sees it, to whom it was referred, and its release. */
import { z } from 'zod';
import { nameReaders } from '../../domain/incidents/restricted/name-readers.ts';
import { readRestriction } from '../../domain/incidents/restricted/read-restriction.ts';
import { referIncident } from '../../domain/incidents/restricted/refer-incident.ts';
import { releaseIncident } from '../../domain/incidents/restricted/release-incident.ts';
import { restrictIncident } from '../../domain/incidents/restricted/restrict-incident.ts';
import { withdrawUpdate } from '../../domain/incidents/restricted/withdraw-update.ts';
import { incident } from './incident-shape.ts';
import { answerIncident } from './incidents.ts';
import { type ApiContext, change, type Operation, operation } from './operation.ts';
import { id, moment } from './values.ts';

const one = z.object({ incident });

const restriction = z
  .object({
    id,
    releasedAt: moment.nullable(),
    procedureUrl: z.string().nullable().describe('What to do, as its category says.'),
    readers: z.array(z.object({ id, name: z.string() })),
    handOvers: z.array(
      z.object({ id, toWhom: z.string(), text: z.string(), at: moment, by: z.string().nullable() }),
    ),
  })
  .meta({ id: 'Restriction' });

/** Programs know referrals by their name of before. */
const answerRestriction = async (context: ApiContext, { id }: { id: string }) => {
  const { referrals, ...rest } = await readRestriction(context, id);
  return { body: { restriction: { ...rest, handOvers: referrals } } };
};

export const restrictedOperations: Operation[] = [
  operation('GET', '/incidents/{id}/restriction', {
    id: 'readRestriction',
    summary: 'Who may see a restricted incident, to whom it was handed over, and whether it is released.',
    answer: z.object({ restriction }),
    run: answerRestriction,
  }),
  change('POST', '/incidents/{id}/restriction', {
    id: 'restrictIncident',
    summary: 'Restricts an incident of which nothing is public.',
    act: restrictIncident,
    answer: one,
    show: answerIncident,
  }),
  change('PUT', '/incidents/{id}/readers', {
    id: 'nameReaders',
    summary: 'Names the people who may see it beside the security role.',
    act: nameReaders,
    answer: z.object({ restriction }),
    show: answerRestriction,
  }),
  change('POST', '/incidents/{id}/hand-overs', {
    id: 'handOverIncident',
    summary: 'Records to whom it was handed over, and when.',
    act: referIncident,
    answer: z.object({ restriction }),
    status: 201,
    show: answerRestriction,
  }),
  change('POST', '/incidents/{id}/release', {
    id: 'releaseIncident',
    summary: 'Makes it public with all texts written so far, if they are those of the version named.',
    act: releaseIncident,
    answer: one,
    show: answerIncident,
  }),
  change('POST', '/updates/{id}/withdrawal', {
    id: 'withdrawUpdate',
    summary: 'Takes a text back before its restricted incident is released.',
    act: withdrawUpdate,
    answer: one,
    show: answerIncident,
  }),
];
