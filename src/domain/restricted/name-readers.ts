import { eq, sql } from 'drizzle-orm';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { refuseStale } from '../core/lock.ts';
import { parse } from '../core/parse.ts';
import { findIncident } from '../incidents/find-incident.ts';
import { readersOf, writeReaders } from './readers.ts';
import { refuseUnrestricted } from './released.ts';
import { nameReadersInput } from './restricted-input.ts';

/** Says who may see a restricted incident beside the security role and the readers of its category. */
export async function nameReaders(context: Context, id: string, input: unknown): Promise<{ id: string }> {
  authorize(context, 'incidents.name-readers');
  const wanted = parse(nameReadersInput, input);
  return context.store.transaction(async (tx) => {
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
    await appendAudit(tx, context, {
      action: 'incident.readers-named',
      subjectType: 'incident',
      subjectId: id,
      before: { readers: before },
      after: { readers: after },
      restrictedTo: id,
    });
    return { id };
  });
}
