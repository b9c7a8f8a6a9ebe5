import { and, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import type { Context } from '../../core/context.ts';

/**
 * An import brought the newest word on an incident about which an update written here had promised the next one. Readers
 * see news from now on, whenever its source wrote it, so the promise is answered now; an imported update makes none.
 */
export async function answerByImport(tx: Transaction, context: Context, incidentId: string): Promise<void> {
  const { promises } = tx.tables;
  await tx.db
    .update(promises)
    .set({ answeredAt: context.now })
    .where(
      and(
        eq(promises.incidentId, incidentId),
        eq(promises.audience, 'customers'),
        isNull(promises.answeredAt),
        isNull(promises.withdrawnAt),
      ),
    );
}
