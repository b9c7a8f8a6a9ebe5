/** Progressive: while the focus is on a tile, the keys 1 to 9 open the tile of that number (WCAG 2.1.4: never elsewhere). */
export {};

const tiles = document.querySelector<HTMLElement>('.tiles');
tiles?.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  tiles.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`)?.click();
});
