import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { parse } from '../core/parse.ts';
import { findIncident } from '../incidents/find-incident.ts';
import { escalateInput } from './log-input.ts';
import { writeEntry } from './write-entry.ts';

/** Records an escalation to the client, inside the company, or to a third party. Returns the ids. */
export async function escalate(
  context: Context,
  id: string,
  input: unknown,
): Promise<{ id: string; entryId: string }> {
  authorize(context, 'incidents.log');
  const wanted = parse(escalateInput, input);
  return context.store.transaction(async (tx) => {
    const incident = await findIncident(tx, context, id);
    const { entryId } = await writeEntry(tx, context, incident, {
      kind: 'escalation',
      action: 'incident.escalated',
      ...wanted,
    });
    return { id, entryId };
  });
}
