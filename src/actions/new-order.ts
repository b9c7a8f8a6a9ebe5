/** The order of a level, `ids` in one field, after the button that was pressed: `up` or `down` names the entry that trades places. */
export function newOrder(input: Record<string, unknown>): string[] {
  const ids = idsIn(input);
  const [moved, by] = typeof input.up === 'string' ? [input.up, -1] : [String(input.down ?? ''), 1];
  const from = ids.indexOf(moved);
  const to = from + by;
  if (from < 0 || to < 0 || to >= ids.length) return ids;
  return ids.with(from, ids[to] ?? moved).with(to, moved);
}

/** Several ids that travel in one field, with spaces between them. */
const idsIn = (input: Record<string, unknown>): string[] =>
  String(input.ids ?? '')
    .split(' ')
    .filter(Boolean);
