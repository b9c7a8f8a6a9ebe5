import { labelIncident } from '../domain/incidents/label-incident.ts';
import { giveReason, revokeReason } from '../domain/not-public/give-reason.ts';
import { recordIncident } from '../domain/not-public/record-incident.ts';
import { setAffectsCustomers } from '../domain/not-public/set-affects-customers.ts';
import { adminPaths } from '../paths.ts';
import { act, actOn } from './form-action.ts';

export const notPublic = {
  record: act(recordIncident, ({ id }) => adminPaths.incident(id)),
  reason: actOn('incident', giveReason, ({ id }) => adminPaths.incident(id)),
  revoke: actOn('incident', revokeReason, ({ id }) => adminPaths.incident(id)),
  customers: actOn('incident', setAffectsCustomers, ({ id }) => adminPaths.incident(id)),
  label: actOn('incident', labelIncident, ({ id }) => adminPaths.incident(id)),
};
