import { acceptHandOver } from '../domain/incidents/hand-overs/accept-hand-over.ts';
import { offerHandOver } from '../domain/incidents/hand-overs/offer-hand-over.ts';
import { addShift } from '../domain/people/roster/add-shift.ts';
import { changeShift, removeShift } from '../domain/people/roster/change-shift.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { formOf, formOn } from './form-action.ts';

export const roster = {
  add: formOf(addShift, () => withDone(adminPaths.roster, 'added')),
  change: formOn('shift', changeShift, () => withDone(adminPaths.roster, 'saved')),
  remove: formOn('shift', removeShift, () => withDone(adminPaths.roster, 'removed')),
  offer: formOf(offerHandOver, () => withDone(adminPaths.roster, 'offered')),
  accept: formOn('handOver', acceptHandOver, () => withDone(adminPaths.roster, 'accepted')),
};
