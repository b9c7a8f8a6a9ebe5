import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import { type FieldRefusal, invalid, isDomainError } from '../../core/errors.ts';
import { requireUser } from './find-user.ts';

/** A person who may still sign in, named in a field of an input; refuses anybody else at that field. */
export async function requireEnabledUser(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  id: string,
  path: FieldRefusal['path'],
) {
  const user = await requireUser(from, id).catch((error) => {
    if (isDomainError(error)) throw invalid(path, 'unknown_user');
    throw error;
  });
  if (user.disabledAt) throw invalid(path, 'unknown_user');
  return user;
}
