import { z } from 'zod';
import { standInActs } from '../../../db/words.ts';
import { listStandIns, type StandIn } from '../../domain/updates/list-stand-ins.ts';
import { type Operation, operation } from './operation.ts';
import { id, iso, moment, more } from './values.ts';

const standIn = z
  .strictObject({
    id,
    incidentId: id,
    updateId: id.nullable().describe('Null for the release of a restricted incident.'),
    act: z.enum(standInActs),
    reason: z.string(),
    by: z.string().nullable(),
    createdAt: moment,
  })
  .meta({ id: 'StandIn' });

const showStandIn = (shown: StandIn): z.infer<typeof standIn> => ({
  id: shown.id,
  incidentId: shown.incidentId,
  updateId: shown.updateId,
  act: shown.act,
  reason: shown.reason,
  by: shown.by,
  createdAt: iso(shown.at),
});

export const standInOperations: Operation[] = [
  operation('GET', '/stand-ins', {
    id: 'listStandIns',
    summary: 'Who told customers something without the role `csup` in the last seven days, and why.',
    answer: z.strictObject({ standIns: z.array(standIn).describe('Newest first.'), more }),
    run: async (context) => {
      const { standIns, more } = await listStandIns(context);
      return { body: { standIns: standIns.map(showStandIn), more } };
    },
  }),
];
