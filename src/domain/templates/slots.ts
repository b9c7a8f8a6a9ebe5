/** The closed list of template slots and how each gets its value (design §7: plain text, never an engine). */
export const slots = {
  /** Chosen from phrases, or typed per language. */
  effect: 'phrase',
  scope: 'phrase',
  action: 'phrase',
  /** Why it fails, once that is known; why a plan changes is `reason`. */
  cause: 'phrase',
  reason: 'phrase',
  explanation: 'phrase',
  /** One line, typed per language. */
  workaround: 'short',
  not_affected: 'short',
  region: 'short',
  /** A number with its unit, written as each language writes it. */
  share: 'number',
  /** Whole minutes, written as hours and days where that is shorter. */
  delay: 'duration',
  /** Typed per language, with line breaks. */
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

/** Slots that people fill. */
export type FillableSlot = { [S in Slot]: (typeof slots)[S] extends 'automatic' ? never : S }[Slot];
/** In the order in which a form asks for them. */
export const fillableSlots = slotNames.filter((name): name is FillableSlot => slots[name] !== 'automatic');

/** Longest value of a slot that is one line of the page, or part of one. */
export const lineLimits: Partial<Record<Slot, number>> = {
  effect: 255,
  workaround: 1_000,
  not_affected: 1_000,
  region: 120,
};

/** What a number or a duration may be, and the unit it is written with; a duration is given in minutes. */
export const measures: Partial<Record<Slot, { min: number; max: number; unit: '%' | 'min' }>> = {
  share: { min: 0, max: 100, unit: '%' },
  delay: { min: 1, max: 527_040, unit: 'min' },
};
