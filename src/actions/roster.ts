import { acceptHandOver } from '../domain/roster/accept-hand-over.ts';
import { addShift } from '../domain/roster/add-shift.ts';
import { changeShift, removeShift } from '../domain/roster/change-shift.ts';
import { offerHandOver } from '../domain/roster/offer-hand-over.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { act, actOn } from './form-action.ts';

export const roster = {
  add: act(addShift, () => withDone(adminPaths.roster, 'added')),
  change: actOn('shift', changeShift, () => withDone(adminPaths.roster, 'saved')),
  remove: actOn('shift', removeShift, () => withDone(adminPaths.roster, 'removed')),
  offer: act(offerHandOver, () => withDone(adminPaths.roster, 'offered')),
  accept: actOn('handOver', acceptHandOver, () => withDone(adminPaths.roster, 'accepted')),
};
