import { actOn } from '../../core/act.ts';
import { findIncident } from '../find-incident.ts';
import { addLogEntryInput } from './log-input.ts';
import { writeEntry } from './write-entry.ts';

/** Notes in one line what was done on an incident. Returns its id and the incident's. */
export const addLogEntry = actOn({
  permission: 'incidents.record',
  input: addLogEntryInput,
  audits: ['incident.logged'],
  async work(given, id, wanted): Promise<{ id: string; entryId: string }> {
    const { tx, context } = given;
    const incident = await findIncident(tx, context, id);
    const { entryId } = await writeEntry(given, incident, {
      kind: 'note',
      action: 'incident.logged',
      ...wanted,
    });
    return { id, entryId };
  },
});
