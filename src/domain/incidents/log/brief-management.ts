import { actOn } from '../../core/act.ts';
import { isOut } from '../../core/visibility.ts';
import { findIncident } from '../find-incident.ts';
import { notifyManagers } from '../notices/notify-people.ts';
import { isFinal } from '../phase.ts';
import { informManagement } from '../promises/promise-to-management.ts';
import { briefManagementInput } from './log-input.ts';
import { writeEntry } from './write-entry.ts';

/**
 * Tells management how it stands: logged, noted for every manager who may see it, and what was promised to management
 * is answered; the next briefing counts from here. Returns the ids.
 */
export const briefManagement = actOn({
  permission: 'incidents.record',
  input: briefManagementInput,
  audits: ['incident.management-briefed'],
  async work(given, id, wanted): Promise<{ id: string; entryId: string }> {
    const { tx, context } = given;
    const incident = await findIncident(tx, context, id);
    const written = await writeEntry(given, incident, {
      kind: 'briefing',
      action: 'incident.management-briefed',
      ...wanted,
    });
    const latest = incident.updates.find((update) => isOut(update, context.now));
    await informManagement(tx, incident, { at: written.at, isOver: isFinal(latest?.phase ?? null) });
    await notifyManagers(tx, context, { incident, kind: 'briefing', reference: written.entryId });
    return { id, entryId: written.entryId };
  },
});
