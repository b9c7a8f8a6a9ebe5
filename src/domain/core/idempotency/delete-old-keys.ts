import { lt } from 'drizzle-orm';
import type { Context } from '../context.ts';

const keptMs = 24 * 60 * 60_000;

/** Forgets keys after 24 hours. Run by the timetable. */
export async function deleteOldKeys(context: Context): Promise<void> {
  const { idempotencyKeys } = context.store.tables;
  const before = new Date(context.now.getTime() - keptMs);
  await context.store.transaction(({ db }) =>
    db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, before)),
  );
}
