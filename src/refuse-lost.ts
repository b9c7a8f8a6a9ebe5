import type { Identity } from '../db/check-file.ts';
import { RefusedDatabase } from '../db/store.ts';
import type { Marker } from './instance-folder.ts';

const wayOut =
  'Put the right database back; it is taken up without a restart. To begin a new instance instead, start once with --new.';

/** Refuses a database in which the instance that DATA_DIR knows is not: gone, empty, or somebody else's. */
export function refuseLost(folder: string, marker: Marker, found: Identity | null): never {
  const known = `${folder} knows an instance (${marker.id}) that was set up on ${marker.since.slice(0, 10)}`;
  if (found === null)
    throw new RefusedDatabase('missing', `${known}, but its database is missing or empty. ${wayOut}`);
  if (!found.isSetUp)
    throw new RefusedDatabase('empty', `${known}, but the database was never set up. ${wayOut}`);
  throw new RefusedDatabase(
    'foreign',
    `${known}, but the database belongs to another one (${found.id}). Name its own database or another DATA_DIR. ${wayOut}`,
  );
}
