/** Somebody else saved meanwhile: what differs, and which version the form may now replace. */
import type { FormState } from './form.ts';

export interface Difference {
  path: string;
  label: string;
  theirs: string;
  yours: string;
}

/** A form names a place by id or slug; the record holds its id under another name. */
const namesInRecord: Record<string, string> = {
  parent: 'parentId',
  category: 'categoryId',
  component: 'componentId',
  expert: 'expertId',
  group: 'groupId',
  owner: 'ownerId',
  lead: 'leadId',
};

const isConflict = (form: FormState | null): boolean => form?.refusal?.key === 'conflict_version';

/** The version for the form's hidden field: what was seen, or after a conflict the one that both texts are now shown of. */
export function seenVersion(form: FormState | null, stored: number): string {
  const typed = isConflict(form) ? undefined : form?.values['version:number']?.at(-1);
  return typed ?? String(stored);
}

/** The fields in which a refused form and the stored record differ; only those with a label. `say` puts a value into words. */
export function differences(
  form: FormState | null,
  labels: Record<string, string>,
  say: (value: unknown) => string,
): Difference[] | null {
  if (!isConflict(form)) return null;
  const { theirs, yours } = form?.refusal?.details ?? {};
  return Object.entries(labels).flatMap(([path, label]) => {
    const [mine, other] = [at(yours, path), at(theirs, namesInRecord[path] ?? path)];
    if (mine === undefined) return [];
    const difference = { path, label, theirs: say(other), yours: say(mine) };
    return difference.theirs === difference.yours ? [] : [difference];
  });
}

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => {
    if (typeof inner !== 'object' || inner === null) return undefined;
    return Object.hasOwn(inner, key) ? (inner as Record<string, unknown>)[key] : undefined;
  }, value);
}
