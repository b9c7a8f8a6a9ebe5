import { z } from 'zod';
import { version } from '../../core/fields.ts';
import { line, prose, requiredLine } from '../../core/parse.ts';
import { reasonIfAny } from '../../core/reason.ts';

const reference = z.string().max(50).nullable();

export const changeProblemInput = z
  .strictObject({
    title: requiredLine().optional(),
    component: reference.optional(),
    causeTag: line(60).optional(),
    cause: prose().optional(),
    expert: reference.optional(),
    group: reference.optional(),
    ticket: line(200).optional(),
    nothingNeededReason: reasonIfAny().nullable().optional(),
    version: version(),
  })
  .meta({ id: 'ChangeProblem' });

export const closeProblemInput = z
  .strictObject({ reason: reasonIfAny().optional(), version: version() })
  .meta({ id: 'CloseProblem' });

/** So many incidents open a problem at once; others are linked to it. */
export const mostAtOnce = 100;

/** Incidents of one category that belong to no problem yet; any priority. */
export const openProblemInput = z
  .strictObject({
    incidents: z.array(requiredLine(50)).min(1, { error: 'required' }).max(mostAtOnce),
    title: line().optional(),
    component: reference.optional(),
  })
  .meta({ id: 'OpenProblem' });

export const linkIncidentInput = z.strictObject({ incident: requiredLine(50) }).meta({ id: 'LinkIncident' });
