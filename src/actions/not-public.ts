import { labelIncident } from '../domain/incidents/label-incident.ts';
import { giveReason, revokeReason } from '../domain/incidents/not-public/give-reason.ts';
import { recordIncident } from '../domain/incidents/not-public/record-incident.ts';
import { setAffectsCustomers } from '../domain/incidents/not-public/set-affects-customers.ts';
import { adminPaths } from '../paths.ts';
import { formOf, formOn } from './form-action.ts';

export const notPublic = {
  record: formOf(recordIncident, ({ id }) => adminPaths.incident(id)),
  reason: formOn('incident', giveReason, ({ id }) => adminPaths.incident(id)),
  revoke: formOn('incident', revokeReason, ({ id }) => adminPaths.incident(id)),
  customers: formOn('incident', setAffectsCustomers, ({ id }) => adminPaths.incident(id)),
  label: formOn('incident', labelIncident, ({ id }) => adminPaths.incident(id)),
};
