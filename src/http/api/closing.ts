/** What an incident still owes before it is closed inside, and closing it. */
import { z } from 'zod';
import { incidentOutcomes, jointDecisionKinds, reportStates } from '../../../db/words.ts';
import { closeIncident, closeIncidentInput } from '../../domain/closing/close-incident.ts';
import { closingObstacles } from '../../domain/closing/closing-rules.ts';
import { type Closing, readClosing } from '../../domain/closing/read-closing.ts';
import { readIncident } from '../../domain/incidents/read-incident.ts';
import type { TeamIncident } from '../../domain/incidents/team-incident.ts';
import { type Answer, type ApiContext, type Operation, operation } from './operation.ts';
import { id, isoOrNull, moment } from './values.ts';

const closing = z
  .strictObject({
    closedAt: moment.nullable(),
    closedBy: id.nullable(),
    outcome: z.enum(incidentOutcomes).nullable(),
    reason: z.string(),
    explanation: z.string().describe('For the ticket; never public.'),
    obstacles: z.array(z.enum(closingObstacles)).describe('What is missing before it can be closed.'),
    report: z
      .strictObject({
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
      .strictObject({ id, kind: z.enum(jointDecisionKinds) })
      .nullable()
      .describe('Waits for a second person.'),
    problems: z.array(z.strictObject({ id, title: z.string(), closedAt: moment.nullable() })),
  })
  .meta({ id: 'Closing' });

const showClosing = (
  incident: TeamIncident,
  { report, proposal, problems, obstacles }: Closing,
): z.infer<typeof closing> => ({
  closedAt: isoOrNull(incident.closedAt),
  closedBy: incident.closedBy,
  outcome: incident.outcome,
  reason: incident.outcomeReason,
  explanation: incident.explanation,
  obstacles,
  report: report && {
    id: report.id,
    state: report.state,
    isRequired: report.isRequired,
    dueAt: isoOrNull(report.dueAt),
    decideBy: isoOrNull(report.decideBy),
    publishedAt: isoOrNull(report.publishedAt),
  },
  proposal: proposal && { id: proposal.id, kind: proposal.kind },
  problems: problems.map((problem) => ({ ...problem, closedAt: isoOrNull(problem.closedAt) })),
});

async function answerClosing(context: ApiContext, incidentId: string): Promise<Answer> {
  const incident = await readIncident(context, incidentId);
  return { body: { closing: showClosing(incident, await readClosing(context, incident)) } };
}

const one = z.strictObject({ closing });

export const closingOperations: Operation[] = [
  operation('GET', '/incidents/{id}/closing', {
    id: 'readClosing',
    summary: 'Its report, problems and outcome, and what is missing before it can be closed.',
    answer: one,
    run: (context, params) => answerClosing(context, params.id),
  }),
  operation('POST', '/incidents/{id}/closing', {
    id: 'closeIncident',
    summary: 'Closes it inside, with what it turned out to be and the explanation for the ticket.',
    input: closeIncidentInput,
    answer: one,
    run: async (context, params, input) =>
      answerClosing(context, (await closeIncident(context, params.id, input)).id),
  }),
];
