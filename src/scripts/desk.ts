/**
 * Progressive: while the focus is on a tile, a number opens the tile of that number, a letter the next update of an open
 * incident, Shift and the letter its end, and arrows move (WCAG 2.1.4: never elsewhere).
 */
export {};

const grid = document.querySelector<HTMLElement>('.tiles');
const tiles = [...(grid?.querySelectorAll<HTMLElement>('.tile') ?? [])];

/** How far an arrow goes: one tile, or one row as it is laid out now. */
function step(key: string): number {
  const inRow = tiles.findIndex((tile) => tile.offsetTop > (tiles[0]?.offsetTop ?? 0));
  const row = inRow < 1 ? tiles.length : inRow;
  return { ArrowRight: 1, ArrowLeft: -1, ArrowDown: row, ArrowUp: -row }[key] ?? 0;
}

grid?.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { activeElement } = document;
  const at = activeElement instanceof HTMLElement ? tiles.indexOf(activeElement) : -1;
  if (at < 0) return;
  const moved = tiles[at + step(event.key)];
  if (step(event.key) !== 0) {
    event.preventDefault();
    moved?.focus();
  } else if (/^[0-9a-z]$/i.test(event.key)) {
    document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  }
});

// Ready for one key; whoever came to a certain place of the page stays there.
if (document.activeElement === document.body && !location.hash) tiles[0]?.focus({ preventScroll: true });
