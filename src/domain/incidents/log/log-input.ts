import { z } from 'zod';
import { escalationTargets } from '../../../../db/words.ts';
import { instant, line, requiredLine } from '../../core/parse.ts';

/** When it happened, if that was before now. */
const at = instant().optional();
const text = requiredLine(1_000);

export const addLogEntryInput = z.strictObject({ text, at }).meta({ id: 'AddLogEntry' });

export const briefManagementInput = z
  .strictObject({
    text,
    /** Who was told, where it was not the management as a whole. */
    toWhom: line(200).optional(),
    at,
  })
  .meta({ id: 'BriefManagement' });

export const escalateInput = z
  .strictObject({ target: z.enum(escalationTargets), toWhom: requiredLine(200), text, at })
  .meta({ id: 'Escalate' });

export const setNextActionInput = z
  .strictObject({
    /** Empty when there is none. */
    text: line(300),
    /** The id of a person who may see the incident. */
    ownerId: z.string().max(50).nullable().optional(),
  })
  .meta({ id: 'SetNextAction' });
