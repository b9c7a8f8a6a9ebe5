/** The closed list of template slots and how each gets its value (design §7: plain text, never an engine). */
export const slots = {
  /** Chosen from phrases, or typed per language. */
  effect: 'phrase',
  scope: 'phrase',
  action: 'phrase',
  reason: 'phrase',
  explanation: 'phrase',
  /** Typed per language. */
  workaround: 'text',
  not_affected: 'text',
  wrong: 'text',
  right: 'text',
  /** A moment; some have a default. */
  fixed_at: 'time',
  planned_end: 'time',
  new_end: 'time',
  report_by: 'date',
  /** Known to the product, filled at the instant of publishing. */
  category: 'automatic',
  components: 'automatic',
  started: 'automatic',
  ended: 'automatic',
  duration: 'automatic',
  next_update: 'automatic',
  window: 'automatic',
} as const;

export type Slot = keyof typeof slots;
export type SlotType = (typeof slots)[Slot];
export const slotNames = Object.keys(slots) as Slot[];
export const isSlot = (name: string): name is Slot => Object.hasOwn(slots, name);

/** Slots that people fill, in the order in which a form asks for them. */
export const fillableSlots = slotNames.filter((name) => slots[name] !== 'automatic');
