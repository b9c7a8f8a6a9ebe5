import { eq, sql } from 'drizzle-orm';
import { actOn } from '../../core/act.ts';
import { refuseStale } from '../../core/lock.ts';
import { findIncident } from '../find-incident.ts';
import { readersOf, writeReaders } from './readers.ts';
import { refuseUnrestricted } from './released.ts';
import { nameReadersInput } from './restricted-input.ts';

/** Says who may see a restricted incident beside the security role and the readers of its category. */
export const nameReaders = actOn({
  permission: 'incidents.name-readers',
  input: nameReadersInput,
  audits: ['incident.readers-named'],
  async work({ tx, context, audit }, id, wanted): Promise<{ id: string }> {
    const incident = await findIncident(tx, context, id);
    refuseUnrestricted(incident);
    const before = await readersOf(tx, id);
    refuseStale(wanted.version, incident, { readers: before }, { readers: wanted.readers });
    const after = await writeReaders(tx, id, wanted.readers);
    if (before.join() === after.join()) return { id };
    const { incidents } = tx.tables;
    await tx.db
      .update(incidents)
      .set({ version: sql`${incidents.version} + 1` })
      .where(eq(incidents.id, id));
    await audit({
      action: 'incident.readers-named',
      subjectType: 'incident',
      subjectId: id,
      before: { readers: before },
      after: { readers: after },
      restrictedTo: id,
    });
    return { id };
  },
});
