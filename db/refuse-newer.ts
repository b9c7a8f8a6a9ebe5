import { RefusedDatabase } from './store.ts';

/** Throws when the database knows more migrations than this program: it was written by a newer one. */
export function refuseNewer(what: string, applied: number, known: number): void {
  if (applied > known)
    throw new RefusedDatabase(
      'newer',
      `${what} was written by a newer Klartext. Start that version, or restore a backup.`,
    );
}
