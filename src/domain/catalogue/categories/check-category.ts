import { oneOf } from '../../../../db/one-of.ts';
import type { Transaction } from '../../../../db/store.ts';
import type { RefusalKey } from '../../../i18n/refusals.ts';
import { DomainError, type FieldRefusal } from '../../core/errors.ts';
import type { Category, CategoryFields } from './read-categories.ts';

type Checked = CategoryFields & { id: string };

/** Refuses a category that does not fit the others, naming every wrong field. `before` is what it was, if it was. */
export async function checkCategory(
  tx: Transaction,
  category: Checked,
  all: readonly Category[],
  before?: Category,
): Promise<void> {
  const fields = [
    ...nameRefusals(category, all),
    ...levelRefusals(category, all, before),
    ...(await peopleRefusals(tx, category)),
  ];
  if (fields.length > 0) throw new DomainError('invalid', 'input', { fields });
}

function nameRefusals(category: Checked, all: readonly Category[]): FieldRefusal[] {
  const others = all.filter((other) => other.id !== category.id);
  const refusals: FieldRefusal[] = [];
  // A slug that is another category's id would make "slug or id" ambiguous.
  const isTaken = others.some((other) => other.slug === category.slug || other.id === category.slug);
  if (category.slug === '') refusals.push({ path: 'slug', key: 'required' });
  else if (isTaken) refusals.push({ path: 'slug', key: 'taken' });
  // Ticket systems do not tell "DNS" from "dns".
  const label = category.ticketLabel.toLowerCase();
  if (category.slug !== '' && others.some((other) => other.ticketLabel.toLowerCase() === label)) {
    refusals.push({ path: 'ticketLabel', key: 'taken' });
  }
  return refusals;
}

/** Two levels only, and nothing below a restricted category is less restricted than it. */
function levelRefusals(category: Checked, all: readonly Category[], before?: Category): FieldRefusal[] {
  const parent = all.find((other) => other.id === category.parentId);
  const children = all.filter((other) => other.parentId === category.id);
  const wrongParent = (): RefusalKey | null => {
    if (!parent || parent.id === before?.parentId) return null;
    if (parent.id === category.id) return 'cycle';
    if (parent.parentId !== null || children.length > 0) return 'too_deep';
    return parent.archivedAt ? 'archived' : null;
  };
  const key = wrongParent();
  const refusals: FieldRefusal[] = key ? [{ path: 'parent', key }] : [];
  const isOpenBelow = parent?.isRestricted && !category.isRestricted;
  const isOpenAbove = category.isRestricted && children.some((child) => !child.isRestricted);
  if (isOpenBelow || isOpenAbove) refusals.push({ path: 'isRestricted', key: 'restricted_parent' });
  return refusals;
}

async function peopleRefusals(tx: Transaction, category: Checked): Promise<FieldRefusal[]> {
  const { users, groups } = tx.tables;
  const people = [...category.readerIds, ...(category.ownerId ? [category.ownerId] : [])];
  const userRows = await tx.db.select({ id: users.id }).from(users).where(oneOf(users.id, people));
  const groupRows = await tx.db
    .select({ id: groups.id })
    .from(groups)
    .where(oneOf(groups.id, category.groupIds));
  const known = new Set([...userRows, ...groupRows].map((row) => row.id));
  const unknown = (path: string, id: string | null, key: RefusalKey): FieldRefusal[] =>
    id === null || known.has(id) ? [] : [{ path, key }];
  return [
    ...unknown('ownerId', category.ownerId, 'unknown_user'),
    ...category.groupIds.flatMap((id, at) => unknown(`groupIds.${at}`, id, 'unknown_group')),
    ...category.readerIds.flatMap((id, at) => unknown(`readerIds.${at}`, id, 'unknown_user')),
  ];
}
