import { eq } from 'drizzle-orm';
import { actOn } from '../../core/act.ts';
import { invalid } from '../../core/errors.ts';
import { whoMaySee } from '../../core/visibility.ts';
import { findIncident } from '../find-incident.ts';
import { setNextActionInput } from './log-input.ts';

/**
 * Says what is done next on an incident and by whom. Returns the incident's id. It leaves the incident's
 * version as it is: a note among colleagues must not refuse the update that somebody is writing.
 */
export const setNextAction = actOn({
  permission: 'incidents.record',
  input: setNextActionInput,
  audits: ['incident.next-action-set'],
  async work({ tx, context, audit }, id, wanted): Promise<{ id: string }> {
    const { incidents } = tx.tables;
    const incident = await findIncident(tx, context, id);
    const ownerId = wanted.ownerId ?? null;
    if (ownerId !== null) {
      const people = await whoMaySee(tx, incident, context.now);
      if (!people.some((person) => person.id === ownerId)) throw invalid('ownerId', 'unknown_user');
    }
    const before = { nextAction: incident.nextAction, nextActionOwnerId: incident.nextActionOwnerId };
    const after = { nextAction: wanted.text.trim(), nextActionOwnerId: ownerId };
    if (before.nextAction === after.nextAction && before.nextActionOwnerId === after.nextActionOwnerId)
      return { id };
    await tx.db.update(incidents).set(after).where(eq(incidents.id, id));
    await audit({
      action: 'incident.next-action-set',
      subjectType: 'incident',
      subjectId: id,
      before,
      after,
      restrictedTo: incident.isRestricted ? id : null,
    });
    return { id };
  },
});
