import { z } from 'zod';
import { standInActs } from '../../../db/words.ts';
import { listStandIns } from '../../domain/incidents/updates/list-stand-ins.ts';
import { type Operation, operation } from './operation.ts';
import { id, moment, more } from './values.ts';

const standIn = z
  .object({
    id,
    incidentId: id,
    updateId: id.nullable().describe('Null for the release of a restricted incident.'),
    act: z.enum(standInActs),
    reason: z.string(),
    by: z.string().nullable(),
    createdAt: moment,
  })
  .meta({ id: 'StandIn' });

export const standInOperations: Operation[] = [
  operation('GET', '/stand-ins', {
    id: 'listStandIns',
    summary: 'Who told customers something without the role `csup` in the last seven days, and why.',
    answer: z.object({ standIns: z.array(standIn).describe('Newest first.'), more }),
    run: async (context) => {
      const { standIns, more } = await listStandIns(context);
      return {
        body: { standIns: standIns.map(({ at: createdAt, ...shown }) => ({ ...shown, createdAt })), more },
      };
    },
  }),
];
