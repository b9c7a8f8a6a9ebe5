import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { parse } from '../core/parse.ts';
import { findIncident } from '../incidents/find-incident.ts';
import { addLogEntryInput } from './log-input.ts';
import { writeEntry } from './write-entry.ts';

/** Notes in one line what was done on an incident. Returns its id and the incident's. */
export async function addLogEntry(
  context: Context,
  id: string,
  input: unknown,
): Promise<{ id: string; entryId: string }> {
  authorize(context, 'incidents.log');
  const wanted = parse(addLogEntryInput, input);
  return context.store.transaction(async (tx) => {
    const incident = await findIncident(tx, context, id);
    const { entryId } = await writeEntry(tx, context, incident, {
      kind: 'note',
      action: 'incident.logged',
      ...wanted,
    });
    return { id, entryId };
  });
}
