import { closeIncident } from '../domain/closing/close-incident.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { actOn } from './form-action.ts';

export const closing = {
  close: actOn(
    'incident',
    closeIncident,
    ({ id }) => `${withDone(adminPaths.incident(id), 'closed')}#closing`,
  ),
};
