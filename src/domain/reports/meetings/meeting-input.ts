import { z } from 'zod';
import { knowledgeSharings, reportSections } from '../../../../db/words.ts';
import { version } from '../../core/fields.ts';
import { instant, prose, requiredLine } from '../../core/parse.ts';
import { addItemInput } from '../remediation/item-input.ts';

const person = requiredLine(50);

export const planMeetingInput = z
  .strictObject({
    lead: person,
    plannedFor: instant(),
    invited: z.array(person).min(1, { error: 'required' }).max(100),
    version: version(),
  })
  .meta({ id: 'PlanMeeting' });

/** What the meeting agreed or wants changed, by section; at least who attended. */
export const recordMeetingInput = z
  .strictObject({
    heldAt: instant(),
    attended: z.array(person).min(1, { error: 'required' }).max(100),
    outcomes: z.partialRecord(z.enum(reportSections), z.enum(['agreed', 'changed'])),
    decisions: prose().optional(),
    /** New actions for the plan of the incident's problem; each with owner and date. */
    items: z.array(addItemInput).max(20).optional(),
    /** How what was learned is passed on. */
    sharing: z.array(z.enum(knowledgeSharings)).max(knowledgeSharings.length).optional(),
    version: version(),
  })
  .meta({ id: 'RecordMeeting' });
