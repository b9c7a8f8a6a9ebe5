import type { Store } from '../../../../db/store.ts';
import { judgeHead, readSignedHead } from './head.ts';
import type { Seal, SignedHead } from './seal.ts';

export interface HeadVerdict {
  /** The newest entry as it is signed in the database; null before the first one under a key. */
  head: SignedHead | null;
  state:
    | 'signed'
    /** Nothing is signed yet. */
    | 'unsigned'
    /** No key here to tell. */
    | 'no_key'
    | 'other_key'
    | 'forged'
    /** The newest entries were cut off or changed since they were signed or noted. */
    | 'cut';
  /** The entry that is missing or changed. */
  missing: number | null;
}

/** Whether the end of the chain is the one that was signed, and whether an earlier head that DATA_DIR noted is still in it. */
export async function verifyHead(
  store: Store,
  seal: Seal | null,
  noted: SignedHead | null,
): Promise<HeadVerdict> {
  const head = await readSignedHead(store);
  for (const known of [head, noted]) {
    if (known && (await judgeHead(store, known)) !== 'fits')
      return { head, state: 'cut', missing: known.sequence };
  }
  if (!head) return { head, state: noted ? 'forged' : 'unsigned', missing: null };
  if (!seal) return { head, state: 'no_key', missing: null };
  if (head.key !== seal.key) return { head, state: 'other_key', missing: null };
  return { head, state: seal.isOurs(head) ? 'signed' : 'forged', missing: null };
}
