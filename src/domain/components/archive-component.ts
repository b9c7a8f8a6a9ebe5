import { eq } from 'drizzle-orm';
import { appendAudit } from '../audit/append.ts';
import { refuseOpen } from '../categories/refuse-open.ts';
import { touchCatalogue } from '../categories/touch-catalogue.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { DomainError, notFound } from '../core/errors.ts';
import { archiveInput } from '../core/fields.ts';
import { refuseStale } from '../core/lock.ts';
import { parse } from '../core/parse.ts';
import { readComponents } from './read-components.ts';

interface Archived {
  id: string;
  version: number;
}

/** Takes a component off the page, once no public incident that names it is open; past ones keep it. Archiving twice is no change. */
export const archiveComponent = (context: Context, id: string, input: unknown = {}): Promise<Archived> =>
  setArchived(context, id, input, true);

/** Brings an archived component back to its old place. */
export const restoreComponent = (context: Context, id: string, input: unknown = {}): Promise<Archived> =>
  setArchived(context, id, input, false);

async function setArchived(
  context: Context,
  id: string,
  input: unknown,
  toArchive: boolean,
): Promise<Archived> {
  authorize(context, 'components.change');
  const wanted = parse(archiveInput, input);
  return context.store.transaction(async (tx) => {
    const { components } = tx.tables;
    const visible = await readComponents(tx, context.actor);
    const before = visible.components.find((component) => component.id === id);
    if (!before) throw notFound();
    if ((before.archivedAt !== null) === toArchive) return { id, version: before.version };
    refuseStale(wanted.version, before, before, { isArchived: toArchive });
    if (toArchive) await refuseOpen(tx, context.now, { componentId: id });
    const category = visible.categories.find((candidate) => candidate.id === before.categoryId);
    if (!toArchive && category?.archivedAt) throw new DomainError('conflict', 'parent_archived');
    const archivedAt = toArchive ? context.now : null;
    const version = before.version + 1;
    await tx.db.update(components).set({ archivedAt, version }).where(eq(components.id, id));
    await appendAudit(tx, context, {
      action: toArchive ? 'component.archived' : 'component.restored',
      subjectType: 'component',
      subjectId: id,
      before: { archivedAt: before.archivedAt },
      after: { archivedAt },
      restrictedTo: before.isRestricted ? before.categoryId : null,
    });
    await touchCatalogue(tx, context, before.categoryId);
    return { id, version };
  });
}
