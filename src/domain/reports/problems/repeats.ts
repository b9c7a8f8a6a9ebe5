/** "A critical problem must never occur twice": what counts as the same again. */

/** Days in which the same cause in the same place is a repeat. */
export const repeatDays = 180;
/** So many incidents of a category and component in so many days propose a problem. */
export const series = { incidents: 3, days: 30 };

export interface Occurrence {
  id: string;
  categoryId: string;
  /** Null when no component is named. */
  componentId: string | null;
  /** Null or empty while no cause is known. */
  causeTag: string | null;
  startedAt: Date;
}

const dayMs = 24 * 60 * 60_000;
const isWithin = (earlier: Date, later: Date, days: number): boolean =>
  earlier < later && later.getTime() - earlier.getTime() <= days * dayMs;

const isSamePlace = (a: Occurrence, b: Occurrence): boolean =>
  a.categoryId === b.categoryId && a.componentId === b.componentId;

/** The earlier occurrences that `occurrence` repeats: same category, component and cause tag within 180 days, newest first. */
export function repeatsOf<O extends Occurrence>(occurrence: Occurrence, earlier: readonly O[]): O[] {
  const tag = occurrence.causeTag?.trim().toLowerCase();
  if (!tag) return [];
  return earlier
    .filter(
      (other) =>
        other.id !== occurrence.id &&
        other.causeTag?.trim().toLowerCase() === tag &&
        isSamePlace(other, occurrence) &&
        isWithin(other.startedAt, occurrence.startedAt, repeatDays),
    )
    .sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime() || (a.id < b.id ? 1 : -1));
}

/** Whether `occurrence` is the third or later of its category and component within 30 days, whatever the causes. */
export function isSeries(occurrence: Occurrence, all: readonly Occurrence[]): boolean {
  const before = all.filter(
    (other) =>
      other.id !== occurrence.id &&
      isSamePlace(other, occurrence) &&
      (isWithin(other.startedAt, occurrence.startedAt, series.days) ||
        other.startedAt.getTime() === occurrence.startedAt.getTime()),
  );
  return before.length + 1 >= series.incidents;
}
