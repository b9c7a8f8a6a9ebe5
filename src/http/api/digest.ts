import { z } from 'zod';
import { phases, priorities } from '../../../db/words.ts';
import { anyLanguage, eachLanguage } from '../../domain/core/fields.ts';
import { readDigest, readDigestInput } from '../../domain/incidents/read-digest.ts';
import { type Operation, operation } from './operation.ts';
import { id, moment, more } from './values.ts';

const line = z
  .object({
    id,
    title: anyLanguage(z.string()),
    priority: z.enum(priorities),
    phase: z.enum(phases).nullable(),
    category: eachLanguage(z.string()),
    owner: z.object({ id, name: z.string() }).nullable(),
    nextAction: z.string(),
    startedAt: moment,
    resolvedAt: moment.nullable(),
    nextUpdateBy: moment.nullable(),
    overdueSince: moment.nullable(),
  })
  .meta({ id: 'DigestLine' });

export const digestOperations: Operation[] = [
  operation('GET', '/digest', {
    id: 'readDigest',
    summary: 'The P0 and P1 that are open or ended lately, with priority and owner, for the people inside.',
    input: readDigestInput,
    answer: z.object({ incidents: z.array(line), more }),
    run: async (context, _params, input) => {
      const { lines, more } = await readDigest(context, input);
      return { body: { incidents: lines.map(({ titles: title, ...line }) => ({ ...line, title })), more } };
    },
  }),
];
