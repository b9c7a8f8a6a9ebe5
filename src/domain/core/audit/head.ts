import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { builtOnce } from '../../../../db/built-once.ts';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader, Transaction } from '../../../../db/store.ts';
import type { Head, Seal, SignedHead } from './seal.ts';

/** Kept among the settings under a key that `changeSettings` does not know. */
const headKey = 'audit_head';

const signedHead = z.object({
  sequence: z.number().int(),
  hash: z.string(),
  key: z.string(),
  signature: z.string(),
});

interface From {
  tables: Tables;
  read: Pick<Reader, 'select'>;
}

const storedHead = builtOnce(({ tables: { settings }, read }) =>
  read.select({ value: settings.value }).from(settings).where(eq(settings.key, headKey)),
);

/** The signed head in the database; null before the first entry under a key. */
export async function readSignedHead(from: From): Promise<SignedHead | null> {
  const [row] = await storedHead(from, {});
  return signedHead.safeParse(row?.value).data ?? null;
}

/** Signs the head inside the transaction that appended it. */
export async function writeSignedHead(
  { db, tables: { settings } }: Transaction,
  seal: Seal,
  head: Head,
  now: Date,
): Promise<void> {
  const set = { value: seal.sign(head), updatedAt: now };
  await db
    .insert(settings)
    .values({ key: headKey, ...set })
    .onConflictDoUpdate({ target: settings.key, set });
}

/** How a head that was noted earlier fits the chain of today. */
export type HeadVerdict = 'fits' | 'cut' | 'changed';

/** Whether the entry that was once the newest is still there, as it was. */
export async function judgeHead({ tables: { auditEntries }, read }: From, head: Head): Promise<HeadVerdict> {
  const [entry] = await read
    .select({ hash: auditEntries.hash })
    .from(auditEntries)
    .where(eq(auditEntries.sequence, head.sequence));
  if (!entry) return 'cut';
  return entry.hash === head.hash ? 'fits' : 'changed';
}
