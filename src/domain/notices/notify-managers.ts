import type { Transaction } from '../../../db/store.ts';
import { isAllowed } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { type About, notifyPeople } from './notify-people.ts';

/** Tells every enabled manager who may see the incident, once for each event. */
export const notifyManagers = (tx: Transaction, context: Context, about: About): Promise<void> =>
  notifyPeople(tx, context, about, (person) => isAllowed(person, 'management.read'));
