import type { Store, Transaction } from '../../../../db/store.ts';

/** Noted at most this often, so that reading does not write each time. */
const noteEveryMs = 60_000;

/** Notes when a credential was last used. A database that takes no writes must not lock out who reads. */
export async function noteUse(
  from: { store: Store; now: Date },
  last: Date | null,
  note: (tx: Transaction) => Promise<unknown>,
): Promise<void> {
  if (last && from.now.getTime() - last.getTime() < noteEveryMs) return;
  try {
    await from.store.transaction(note);
  } catch (error) {
    const isStorage = error instanceof Error && 'code' in error && error.code === 'unavailable';
    if (!isStorage) throw error;
  }
}
