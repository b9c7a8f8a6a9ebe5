/** Archive, restore and order: one act each for every noun of the catalogue, which says where it is found and what refuses. */
import { eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/store.ts';
import type { RefusalKey } from '../../i18n/refusals.ts';
import { act, actOn } from '../core/act.ts';
import type { Context } from '../core/context.ts';
import { DomainError, notFound } from '../core/errors.ts';
import { archiveInput, orderInput } from '../core/fields.ts';
import { refuseStale } from '../core/lock.ts';
import { reorder } from '../core/reorder.ts';
import { touchCatalogue } from './categories/touch-catalogue.ts';

const tableOf = { category: 'categories', component: 'components', group: 'groups' } as const;

interface Entry<Row> {
  /** The category whose restriction hides the act, and whose page changes by it; null where no page tells of it. */
  categoryOf: (row: Row) => { id: string; isRestricted: boolean } | null;
}

interface Found<Row> {
  row: Row;
  /** Where it would stand restored; not below what is archived. */
  parent?: { archivedAt: Date | null } | undefined;
}

export interface Archivable<Row, Here extends Found<Row>> extends Entry<Row> {
  noun: keyof typeof tableOf;
  /** What the actor names, as far as he may see it. */
  find: (tx: Transaction, context: Context, id: string) => Promise<Here | undefined>;
  /** Throws when it must not be archived now. */
  refuse?: (tx: Transaction, context: Context, found: Here) => Promise<void>;
}

interface Orderable<Row> extends Entry<Row> {
  noun: 'category' | 'component';
  /** All that the actor may see. */
  list: (tx: Transaction, context: Context) => Promise<Row[]>;
  /** What entries share that stand side by side. */
  levelOf: (row: Row) => string | null;
  /** Says that an id names none of them. */
  unknown: RefusalKey;
}

/** Takes it out of use; its history stays. Or brings it back to its old place. Twice is no change. */
export const archiving = <Row extends { version: number; archivedAt: Date | null }, Here extends Found<Row>>(
  { noun, categoryOf, find, refuse }: Archivable<Row, Here>,
  { toArchive }: { toArchive: boolean },
) =>
  actOn({
    permission: `${tableOf[noun]}.change`,
    input: archiveInput,
    audits: [toArchive ? `${noun}.archived` : `${noun}.restored`],
    async work({ tx, context, audit }, id, wanted): Promise<{ id: string; version: number }> {
      const table = tx.tables[tableOf[noun]];
      const found = await find(tx, context, id);
      if (!found) throw notFound();
      const { row: before, parent } = found;
      if ((before.archivedAt !== null) === toArchive) return { id, version: before.version };
      refuseStale(wanted.version, before, before, { isArchived: toArchive });
      if (toArchive) await refuse?.(tx, context, found);
      else if (parent?.archivedAt) throw new DomainError('conflict', 'parent_archived');
      const archivedAt = toArchive ? context.now : null;
      const version = before.version + 1;
      await tx.db.update(table).set({ archivedAt, version }).where(eq(table.id, id));
      const category = categoryOf(before);
      await audit({
        action: toArchive ? `${noun}.archived` : `${noun}.restored`,
        subjectType: noun,
        subjectId: id,
        before: { archivedAt: before.archivedAt },
        after: { archivedAt },
        restrictedTo: category?.isRestricted ? category.id : null,
      });
      if (category) await touchCatalogue(tx, context, category.id);
      return { id, version };
    },
  });

/** Puts the active entries of one level into the order named. One audit entry for each that moves. */
export const ordering = <Row extends { id: string; position: number; archivedAt: Date | null }>({
  noun,
  categoryOf,
  list,
  levelOf,
  unknown,
}: Orderable<Row>) =>
  act({
    permission: `${tableOf[noun]}.change`,
    input: orderInput,
    audits: [`${noun}.moved`],
    async work({ tx, context, audit }, { ids }): Promise<{ moved: number }> {
      const table = tx.tables[tableOf[noun]];
      const active = (await list(tx, context)).filter((row) => row.archivedAt === null);
      const first = active.find((row) => row.id === ids[0]);
      const level = active.filter((row) => first && levelOf(row) === levelOf(first));
      const moves = reorder(level, ids, unknown);
      for (const { entry, position } of moves) {
        await tx.db.update(table).set({ position }).where(eq(table.id, entry.id));
        const category = categoryOf(entry);
        await audit({
          action: `${noun}.moved`,
          subjectType: noun,
          subjectId: entry.id,
          before: { position: entry.position },
          after: { position },
          restrictedTo: category?.isRestricted ? category.id : null,
        });
      }
      const touched = new Set(moves.map(({ entry }) => categoryOf(entry)?.id));
      for (const id of touched) if (id) await touchCatalogue(tx, context, id);
      return { moved: moves.length };
    },
  });
