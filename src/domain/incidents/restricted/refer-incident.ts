import { newId } from '../../../../db/ids.ts';
import { actOn } from '../../core/act.ts';
import { invalid } from '../../core/errors.ts';
import { findIncident } from '../find-incident.ts';
import { refuseUnrestricted } from './released.ts';
import { referIncidentInput } from './restricted-input.ts';

/** Records to whom a restricted incident was referred, and when: an entry of its log, never changed. */
export const referIncident = actOn({
  permission: 'incidents.record',
  input: referIncidentInput,
  audits: ['incident.handed-over'],
  async work({ tx, context, audit }, id, wanted): Promise<{ id: string; entryId: string }> {
    const incident = await findIncident(tx, context, id);
    refuseUnrestricted(incident);
    const at = wanted.at ? new Date(wanted.at) : context.now;
    if (at > context.now) throw invalid('at', 'in_future');
    const entry = { kind: 'hand_over' as const, toWhom: wanted.toWhom.trim(), text: wanted.text ?? '', at };
    const entryId = newId();
    await tx.db.insert(tx.tables.logEntries).values({
      id: entryId,
      incidentId: id,
      ...entry,
      createdBy: context.actor.userId,
      createdAt: context.now,
    });
    await audit({
      action: 'incident.handed-over',
      subjectType: 'incident',
      subjectId: id,
      after: { entry: entryId, ...entry },
      restrictedTo: id,
    });
    return { id, entryId };
  },
});
