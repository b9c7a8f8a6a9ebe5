import { asc, gt } from 'drizzle-orm';
import type { Store } from '../../../../db/store.ts';
import { firstHash, hashEntry } from './append.ts';

export interface AuditVerdict {
  entries: number;
  /** The first entry that does not fit the chain, or null. */
  brokenAt: number | null;
}

/** Recomputes the whole chain; an edited, removed or inserted entry shows at its sequence. */
export async function verifyAudit(store: Store): Promise<AuditVerdict> {
  const { auditEntries } = store.tables;
  let previousHash = firstHash;
  let entries = 0;
  for (;;) {
    const page = await store.read
      .select()
      .from(auditEntries)
      .where(gt(auditEntries.sequence, entries))
      .orderBy(asc(auditEntries.sequence))
      .limit(1_000);
    for (const entry of page) {
      entries += 1;
      const fits =
        entry.sequence === entries && entry.previousHash === previousHash && entry.hash === hashEntry(entry);
      if (!fits) return { entries, brokenAt: entries };
      previousHash = entry.hash;
    }
    if (page.length === 0) return { entries, brokenAt: null };
  }
}
