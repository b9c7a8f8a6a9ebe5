import { isDomainError } from '../domain/core/errors.ts';

/** What a page reads, or null where nothing is or nothing may be seen; any other error goes on. */
export async function found<Read>(read: Promise<Read>): Promise<Read | null> {
  try {
    return await read;
  } catch (error) {
    if (isDomainError(error) && error.code === 'not_found') return null;
    throw error;
  }
}
