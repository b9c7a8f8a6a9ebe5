import { withUnticked } from './unticked.ts';

/**
 * The composer offers a phrase slot as a choice with "own words" as its last option, and shows every component with a
 * status. This turns both into the API's shape. `subject` is of the draft.
 */
export function messageInput(input: Record<string, unknown>): Record<string, unknown> {
  const { slots, ownWords, components, editText, texts, subject: _draft, ...rest } = withUnticked(input);
  const own = asRecord(ownWords);
  const chosen = Object.entries(asRecord(slots)).flatMap(([slot, value]) => {
    if (value !== 'own') return [[slot, value]];
    return own[slot] === undefined ? [] : [[slot, own[slot]]];
  });
  const stated = Object.entries(asRecord(components)).filter(([, status]) => status !== 'unaffected');
  return {
    ...rest,
    ...(chosen.length > 0 ? { slots: Object.fromEntries(chosen) } : {}),
    ...(components === undefined ? {} : { components: Object.fromEntries(stated) }),
    ...(editText === true && texts !== undefined ? { texts } : {}),
  };
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
