import { acceptHandOver } from '../domain/roster/accept-hand-over.ts';
import { addShift } from '../domain/roster/add-shift.ts';
import { changeShift, removeShift } from '../domain/roster/change-shift.ts';
import { offerHandOver } from '../domain/roster/offer-hand-over.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { formAction } from './form-action.ts';

const add = formAction(async ({ context, input }) => {
  await addShift(context, input);
  return withDone(adminPaths.roster, 'added');
});

const change = formAction(async ({ context, input: { shift, ...input } }) => {
  await changeShift(context, String(shift ?? ''), input);
  return withDone(adminPaths.roster, 'saved');
});

const remove = formAction(async ({ context, input: { shift } }) => {
  await removeShift(context, String(shift ?? ''));
  return withDone(adminPaths.roster, 'removed');
});

const offer = formAction(async ({ context, input }) => {
  await offerHandOver(context, input);
  return withDone(adminPaths.roster, 'offered');
});

const accept = formAction(async ({ context, input: { handOver } }) => {
  await acceptHandOver(context, String(handOver ?? ''));
  return withDone(adminPaths.roster, 'accepted');
});

export const roster = { add, change, remove, offer, accept };
