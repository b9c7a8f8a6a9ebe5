import type { Tag } from '../../../db/store.ts';

/** The number in the address of a list that goes on: 2 or more, 1 where none stands; null for what is no page. */
export function pageOf(parameter: string | undefined): number | null {
  if (parameter === undefined) return 1;
  return /^(?:[2-9]|[1-9]\d{1,2})$/.test(parameter) ? Number(parameter) : null;
}

/** Declares what a public page shows, so that its bytes are kept until that changes. */
export function publish(
  locals: App.Locals,
  tags: readonly Tag[],
  validUntil: Date | null,
  lastModified: Date | null = null,
): void {
  locals.publication = { tags: ['settings', 'catalogue', ...tags], validUntil, lastModified };
}
