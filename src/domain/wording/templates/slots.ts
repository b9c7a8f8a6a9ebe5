/** How a slot gets its value; `slot-types.ts` says how each is asked, filled and shown as an example. */
export type SlotType = 'phrase' | 'short' | 'text' | 'number' | 'duration' | 'time' | 'date' | 'automatic';

interface SlotFacts {
  type: SlotType;
  /** Longest value of a slot that is one line of the page, or part of one. */
  limit?: number;
}

/**
 * The closed list of template slots (plain text, never an engine), in the order in which a form asks for them.
 * Which occasion offers which stands in `occasions.ts`.
 */
const table = {
  /** Chosen from phrases, or typed per language. */
  effect: { type: 'phrase', limit: 255 },
  scope: { type: 'phrase' },
  action: { type: 'phrase' },
  /**
   * Why it fails, once that is known; why a plan changes is `reason`. It has phrases of its own, which a database from before
   * gets at its next start; stored texts with `{reason}` stay as they are.
   */
  cause: { type: 'phrase' },
  reason: { type: 'phrase' },
  explanation: {
    type: 'phrase',
  },
  /** One line, typed per language. */
  workaround: {
    type: 'short',
    limit: 1_000,
  },
  not_affected: { type: 'short', limit: 1_000 },
  region: { type: 'short', limit: 120 },
  /** A percentage, written as each language writes it. */
  share: { type: 'number' },
  /** Whole minutes, written as hours and days where that is shorter. */
  delay: { type: 'duration' },
  /** Typed per language, with line breaks. */
  wrong: { type: 'text' },
  right: {
    type: 'text',
  },
  /** A moment; some have a default. */
  fixed_at: { type: 'time' },
  planned_end: { type: 'time' },
  new_end: { type: 'time' },
  report_by: { type: 'date' },
  /** Known to the product, filled at the instant of publishing. */
  category: { type: 'automatic' },
  components: { type: 'automatic' },
  started: { type: 'automatic' },
  ended: { type: 'automatic' },
  duration: { type: 'automatic' },
  next_update: { type: 'automatic' },
  window: { type: 'automatic' },
} as const satisfies Record<string, SlotFacts>;

export type Slot = keyof typeof table;
export const slots: Record<Slot, SlotFacts> = table;
export const slotNames = Object.keys(table) as Slot[];
export const isSlot = (name: string): name is Slot => Object.hasOwn(table, name);

/** Slots that people fill. */
export type FillableSlot = {
  [S in Slot]: (typeof table)[S]['type'] extends 'automatic' ? never : S;
}[Slot];
export const fillableSlots = slotNames.filter(
  (name): name is FillableSlot => slots[name].type !== 'automatic',
);
