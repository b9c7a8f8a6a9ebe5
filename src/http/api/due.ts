import { z } from 'zod';
import { priorities } from '../../../db/words.ts';
import { anyLanguage } from '../../domain/core/fields.ts';
import { dueKinds, dueSubjects } from '../../domain/reports/due/due-item.ts';
import { readDue } from '../../domain/reports/due/read-due.ts';
import { type Operation, operation } from './operation.ts';
import { id, moment, more } from './values.ts';

const item = z
  .object({
    kind: z.enum(dueKinds),
    subject: z.enum(dueSubjects).describe('What `id` is of.'),
    id,
    title: anyLanguage(z.string()),
    priority: z.enum(priorities).nullable().describe('Null for an action.'),
    dueAt: moment.nullable().describe('The instant that ends the due day; null without a deadline.'),
    isOverdue: z.boolean(),
    isOwn: z.boolean().describe('The token’s user is named for it; else any of a role may do it.'),
  })
  .meta({ id: 'DueItem' });

export const dueOperations: Operation[] = [
  operation('GET', '/due', {
    id: 'readDue',
    summary:
      "What the token's user owes or may do now on priorities, reports, actions and meetings; soonest first.",
    answer: z.object({ due: z.array(item), more }),
    run: async (context) => ({ body: await readDue(context) }),
  }),
];
