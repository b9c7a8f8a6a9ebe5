import { newId } from '../../../../db/ids.ts';
import type { Transaction } from '../../../../db/store.ts';
import type { OutboxKind } from '../../../../db/words.ts';
import type { Context } from '../context.ts';

/** Promises work to be done after the commit (see `jobs/`), at `dueAt` or at once. */
export async function enqueue(
  tx: Transaction,
  context: Context,
  work: { kind: OutboxKind; payload: Record<string, unknown>; dueAt?: Date },
): Promise<void> {
  await tx.db.insert(tx.tables.outbox).values({
    id: newId(),
    kind: work.kind,
    payload: work.payload,
    createdAt: context.now,
    dueAt: work.dueAt ?? context.now,
    attempts: 0,
  });
  tx.touch('outbox');
}
