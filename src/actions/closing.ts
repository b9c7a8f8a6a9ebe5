import { closeIncident } from '../domain/reports/closing/close-incident.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { formOn } from './form-action.ts';

export const closing = {
  close: formOn(
    'incident',
    closeIncident,
    ({ id }) => `${withDone(adminPaths.incident(id), 'closed')}#closing`,
  ),
};
