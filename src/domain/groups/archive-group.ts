import { eq } from 'drizzle-orm';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { archiveInput } from '../core/fields.ts';
import { refuseStale } from '../core/lock.ts';
import { parse } from '../core/parse.ts';
import { findGroup } from './find-group.ts';

interface Archived {
  id: string;
  version: number;
}

/** Retires a group. Categories that name it keep it. Archiving twice is no change. */
export const archiveGroup = (context: Context, id: string, input: unknown = {}): Promise<Archived> =>
  setArchived(context, id, input, true);

/** Brings an archived group back. */
export const restoreGroup = (context: Context, id: string, input: unknown = {}): Promise<Archived> =>
  setArchived(context, id, input, false);

async function setArchived(
  context: Context,
  id: string,
  input: unknown,
  toArchive: boolean,
): Promise<Archived> {
  authorize(context, 'groups.change');
  const wanted = parse(archiveInput, input);
  return context.store.transaction(async (tx) => {
    const { groups } = tx.tables;
    const before = await findGroup(tx, id);
    if ((before.archivedAt !== null) === toArchive) return { id, version: before.version };
    refuseStale(wanted.version, before, before, { isArchived: toArchive });
    const archivedAt = toArchive ? context.now : null;
    const version = before.version + 1;
    await tx.db.update(groups).set({ archivedAt, version }).where(eq(groups.id, id));
    await appendAudit(tx, context, {
      action: toArchive ? 'group.archived' : 'group.restored',
      subjectType: 'group',
      subjectId: id,
      before: { archivedAt: before.archivedAt },
      after: { archivedAt },
    });
    return { id, version };
  });
}
