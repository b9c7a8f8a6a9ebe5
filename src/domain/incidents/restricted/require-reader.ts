import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import { invalid } from '../../core/errors.ts';
import { whoMaySee } from '../../core/visibility.ts';
import { requireEnabledUser } from '../../people/users/require-enabled-user.ts';

/**
 * A person who may still sign in and may see every one of the incidents, named in the field `path`; refuses anybody else
 * at that field. Who is made responsible for something restricted must be able to open it.
 */
export async function requireReader(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  incidents: readonly { id: string; categoryId: string; isRestricted: boolean; releasedAt: Date | null }[],
  { id, path, now }: { id: string; path: string; now: Date },
) {
  const user = await requireEnabledUser(from, id, path);
  for (const incident of incidents.filter(({ isRestricted }) => isRestricted)) {
    const readers = await whoMaySee(from, incident, now);
    if (!readers.some((reader) => reader.id === id)) throw invalid(path, 'cannot_see');
  }
  return user;
}
