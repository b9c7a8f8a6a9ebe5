import { type Archivable, archiving } from '../acts.ts';
import { findGroup } from './find-group.ts';

type Row = Awaited<ReturnType<typeof findGroup>>;

const group: Archivable<Row, { row: Row }> = {
  noun: 'group',
  categoryOf: () => null,
  find: async (tx, _context, id) => ({ row: await findGroup(tx, id) }),
};

/** Retires a group. Categories that name it keep it. */
export const archiveGroup = archiving(group, { toArchive: true });

export const restoreGroup = archiving(group, { toArchive: false });
