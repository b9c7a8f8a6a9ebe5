/** What the tests of storage write and count. */
import type { Store, Tag } from '../../db/store.ts';

/** Writes one row in a transaction of its own that touches these tags. */
export const count = (store: Store, key: string, touched: Tag[] = []) =>
  store.transaction(async (tx) => {
    tx.touch(...touched);
    await tx.db.insert(tx.tables.counters).values({ name: key, value: 1 });
  });

export const counted = (store: Store) => store.read.$count(store.tables.counters);

/** "saved", or the code of the error with which the work ended. */
export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return 'saved';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

/** Waits until it is so, at most `patienceMs`; how long it took, in milliseconds. */
export async function until(isSo: () => boolean, patienceMs = 5_000): Promise<number> {
  const from = performance.now();
  while (!isSo() && performance.now() - from < patienceMs) await new Promise((done) => setTimeout(done, 10));
  return performance.now() - from;
}
