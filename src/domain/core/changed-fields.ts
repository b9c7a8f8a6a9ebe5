import { canonicalJson } from './canonical-json.ts';

/** The fields in which `after` differs from `before`, with both values, for the audit; null when nothing changed. */
export function changedFields<T extends object>(
  before: T,
  after: T,
): { before: Partial<T>; after: Partial<T> } | null {
  const keys = (Object.keys(after) as (keyof T)[]).filter(
    (key) => canonicalJson(before[key]) !== canonicalJson(after[key]),
  );
  if (keys.length === 0) return null;
  const pick = (from: T): Partial<T> => Object.fromEntries(keys.map((key) => [key, from[key]])) as Partial<T>;
  return { before: pick(before), after: pick(after) };
}
