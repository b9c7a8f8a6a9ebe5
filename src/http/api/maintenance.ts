import { z } from 'zod';
import { readIncident } from '../../domain/incidents/read-incident.ts';
import { switchAutomatic, switchAutomaticInput } from '../../domain/maintenance/switch-automatic.ts';
import { incident, showIncident } from './incident-shape.ts';
import { type Operation, operation } from './operation.ts';

/** What only a maintenance has; planning and all its updates are those of every incident. */
export const maintenanceOperations: Operation[] = [
  operation('POST', '/incidents/{id}/automatic', {
    id: 'switchAutomatic',
    summary: 'Lets a maintenance start and complete itself at its planned instants, or takes that back.',
    input: switchAutomaticInput,
    answer: z.object({ incident }),
    run: async (context, params, input) => {
      const { id } = await switchAutomatic(context, params.id, input);
      return { body: { incident: showIncident(await readIncident(context, id), context.publicUrl) } };
    },
  }),
];
