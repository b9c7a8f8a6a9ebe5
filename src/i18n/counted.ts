/** "1 hint", "3 hints": a number with its noun. */
export const counted = (count: number, one: string, more: string): string =>
  `${count} ${count === 1 ? one : more}`;
