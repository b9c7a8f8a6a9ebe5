import { z } from 'zod';
import { switchAutomatic } from '../../domain/incidents/maintenance/switch-automatic.ts';
import { incident } from './incident-shape.ts';
import { answerIncident } from './incidents.ts';
import { change, type Operation } from './operation.ts';

/** What only a maintenance has; planning and all its updates are those of every incident. */
export const maintenanceOperations: Operation[] = [
  change('POST', '/incidents/{id}/automatic', {
    id: 'switchAutomatic',
    summary: 'Lets a maintenance start and complete itself at its planned instants, or takes that back.',
    act: switchAutomatic,
    answer: z.object({ incident }),
    show: answerIncident,
  }),
];
