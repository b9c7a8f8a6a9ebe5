/** What an incident still owes before it is closed inside, and closing it. */
import { z } from 'zod';
import { incidentOutcomes, jointDecisionKinds, reportStates } from '../../../db/words.ts';
import { readIncident } from '../../domain/incidents/read-incident.ts';
import { closeIncident } from '../../domain/reports/closing/close-incident.ts';
import { closingObstacles } from '../../domain/reports/closing/closing-rules.ts';
import { readClosing } from '../../domain/reports/closing/read-closing.ts';
import { type ApiContext, change, type Operation, operation } from './operation.ts';
import { id, moment } from './values.ts';

const closing = z
  .object({
    closedAt: moment.nullable(),
    closedBy: id.nullable(),
    outcome: z.enum(incidentOutcomes).nullable(),
    reason: z.string(),
    explanation: z.string().describe('For the ticket; never public.'),
    obstacles: z.array(z.enum(closingObstacles)).describe('What is missing before it can be closed.'),
    report: z
      .object({
        id,
        state: z.enum(reportStates).nullable(),
        isRequired: z
          .boolean()
          .nullable()
          .describe('Null while nobody decided: the report of a P1 is owed then.'),
        dueAt: moment.nullable(),
        decideBy: moment
          .nullable()
          .describe('Until then a manager says whether a P1 gets no report; without a word it does.'),
        publishedAt: moment.nullable(),
      })
      .nullable(),
    proposal: z
      .object({ id, kind: z.enum(jointDecisionKinds) })
      .nullable()
      .describe('Waits for a second person.'),
    problems: z.array(z.object({ id, title: z.string(), closedAt: moment.nullable() })),
  })
  .meta({ id: 'Closing' });

async function answerClosing(context: ApiContext, { id: incidentId }: { id: string }) {
  const incident = await readIncident(context, incidentId);
  const owed = await readClosing(context, incident);
  return { body: { closing: { ...incident, reason: incident.outcomeReason, ...owed } } };
}

const one = z.object({ closing });

export const closingOperations: Operation[] = [
  operation('GET', '/incidents/{id}/closing', {
    id: 'readClosing',
    summary: 'Its report, problems and outcome, and what is missing before it can be closed.',
    answer: one,
    run: answerClosing,
  }),
  change('POST', '/incidents/{id}/closing', {
    id: 'closeIncident',
    summary: 'Closes it inside, with what it turned out to be and the explanation for the ticket.',
    act: closeIncident,
    answer: one,
    show: answerClosing,
  }),
];
