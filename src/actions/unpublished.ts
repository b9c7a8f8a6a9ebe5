import { labelIncident } from '../domain/incidents/label-incident.ts';
import { giveReason, revokeReason } from '../domain/unpublished/give-reason.ts';
import { logIncident } from '../domain/unpublished/log-incident.ts';
import { setAffectsCustomers } from '../domain/unpublished/set-affects-customers.ts';
import { adminPaths } from '../paths.ts';
import { act, actOn } from './form-action.ts';

export const unpublished = {
  log: act(logIncident, ({ id }) => adminPaths.incident(id)),
  reason: actOn('incident', giveReason, ({ id }) => adminPaths.incident(id)),
  revoke: actOn('incident', revokeReason, ({ id }) => adminPaths.incident(id)),
  customers: actOn('incident', setAffectsCustomers, ({ id }) => adminPaths.incident(id)),
  label: actOn('incident', labelIncident, ({ id }) => adminPaths.incident(id)),
};
