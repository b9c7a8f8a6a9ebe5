import { labelIncident } from '../domain/incidents/label-incident.ts';
import { giveReason, revokeReason } from '../domain/unpublished/give-reason.ts';
import { logIncident } from '../domain/unpublished/log-incident.ts';
import { setAffectsCustomers } from '../domain/unpublished/set-affects-customers.ts';
import { adminPaths } from '../paths.ts';
import { formAction } from './form-action.ts';
import { withUnticked } from './unticked.ts';

const log = formAction(async ({ context, input }) => {
  const { id } = await logIncident(context, withUnticked(input));
  return adminPaths.incident(id);
});

const reason = formAction(async ({ context, input: { incident, ...input } }) => {
  const { id } = await giveReason(context, String(incident ?? ''), input);
  return adminPaths.incident(id);
});

const revoke = formAction(async ({ context, input: { incident } }) => {
  const { id } = await revokeReason(context, String(incident ?? ''));
  return adminPaths.incident(id);
});

const customers = formAction(async ({ context, input: { incident, ...input } }) => {
  const { id } = await setAffectsCustomers(context, String(incident ?? ''), input);
  return adminPaths.incident(id);
});

const label = formAction(async ({ context, input: { incident, ...input } }) => {
  const { id } = await labelIncident(context, String(incident ?? ''), input);
  return adminPaths.incident(id);
});

export const unpublished = { log, reason, revoke, customers, label };
