import { actOn } from '../../core/act.ts';
import { findIncident } from '../find-incident.ts';
import { escalateInput } from './log-input.ts';
import { writeEntry } from './write-entry.ts';

/** Records an escalation to the client, inside the company, or to a third party. Returns the ids. */
export const escalate = actOn({
  permission: 'incidents.record',
  input: escalateInput,
  audits: ['incident.escalated'],
  async work(given, id, wanted): Promise<{ id: string; entryId: string }> {
    const { tx, context } = given;
    const incident = await findIncident(tx, context, id);
    const { entryId } = await writeEntry(given, incident, {
      kind: 'escalation',
      action: 'incident.escalated',
      ...wanted,
    });
    return { id, entryId };
  },
});
