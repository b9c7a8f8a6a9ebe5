/** Progressive: the countdown of a held update, the clock of a promise, and copying for a ticket. */
export {};

const began = performance.now();
const passed = (): number => (performance.now() - began) / 1000;
const clock = (seconds: number): string =>
  `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

function runDown(strip: HTMLElement): boolean {
  const left = Number(strip.dataset.held) - passed();
  const time = strip.querySelector('[data-left]');
  const bar = strip.querySelector('progress');
  if (left > 0) {
    if (time) time.textContent = (strip.dataset.in ?? '').replace('{s}', String(Math.ceil(left)));
    if (bar) {
      bar.hidden = false;
      bar.value = left;
    }
    return true;
  }
  // The focus must not fall out of the page with the button that had it.
  if (strip.contains(document.activeElement)) strip.focus();
  for (const each of strip.querySelectorAll<HTMLElement>('form, progress, .choice, p:first-child'))
    each.hidden = true;
  for (const tag of document.querySelectorAll<HTMLElement>('[data-held-tag]')) tag.hidden = true;
  for (const way of document.querySelectorAll<HTMLElement>('[data-once-public]')) way.hidden = false;
  const told = strip.querySelector<HTMLElement>('[data-told]');
  if (told) told.textContent = told.dataset.told ?? '';
  return false;
}

function count(timer: HTMLElement): void {
  const left = Number(timer.dataset.seconds) - passed();
  timer.textContent =
    left > 0 ? (timer.dataset.in ?? '').replace('{t}', clock(left)) : (timer.dataset.over ?? '');
}

let strips = [...document.querySelectorAll<HTMLElement>('[data-held]')];
const timers = [...document.querySelectorAll<HTMLElement>('[data-seconds]')];
function tick(): void {
  strips = strips.filter(runDown);
  for (const timer of timers) count(timer);
}
tick();
setInterval(tick, 250);

// Without a secure connection there is no clipboard to write to: then the text is there to select.
for (const button of navigator.clipboard ? document.querySelectorAll<HTMLElement>('[data-copy]') : []) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const source = document.querySelector<HTMLTextAreaElement>(`#${button.dataset.copy}`);
    if (!source) return;
    source.select();
    await navigator.clipboard.writeText(source.value);
    const told = button.parentElement?.querySelector<HTMLElement>('[data-told]');
    if (told) told.textContent = told.dataset.told ?? '';
  });
}
