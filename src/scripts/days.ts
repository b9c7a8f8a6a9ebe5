/**
 * Progressive: tells the days of a line where one points, taps, or moves with the arrows. What it tells stands in the
 * table that the line leads to, and is read from there once somebody asks.
 */
export {};

/** The rows of the table, by the day's place on the line. */
async function readDays(href: string): Promise<Map<number, string>> {
  const answer = await fetch(href);
  const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : '', 'text/html');
  const rows = page.querySelectorAll<HTMLElement>('[data-day]');
  return new Map(
    [...rows].map((row) => [
      Number(row.dataset.day),
      [...row.children].map(({ textContent }) => textContent?.trim()).join(' · '),
    ]),
  );
}

for (const line of document.querySelectorAll<HTMLAnchorElement>('a.days')) {
  let read: Promise<Map<number, string>> | undefined;
  let shown = -1;
  const note = document.createElement('span');
  note.className = 'day-note';
  note.setAttribute('aria-live', 'polite');
  line.append(note);

  const tell = async (choose: (days: number[]) => number | undefined): Promise<void> => {
    read ??= readDays(line.href).catch(() => new Map());
    const days = await read;
    const chosen = choose([...days.keys()].sort((a, b) => a - b));
    if (chosen === undefined) return;
    shown = chosen;
    note.textContent = days.get(shown) ?? '';
    note.style.left = `min(${((shown + 0.5) / 90) * 100}%, 100% - ${note.offsetWidth}px)`;
  };
  const hide = (): void => {
    shown = -1;
    note.textContent = '';
  };
  const pointAt = ({ clientX }: MouseEvent): void => {
    const { left, width } = line.getBoundingClientRect();
    const day = ((clientX - left) / width) * 90 - 0.5;
    tell((days) => days.toSorted((a, b) => Math.abs(a - day) - Math.abs(b - day))[0]);
  };
  line.addEventListener('pointermove', pointAt);
  line.addEventListener('pointerleave', ({ pointerType }) => pointerType === 'mouse' && hide());
  line.addEventListener('blur', hide);
  // The first tap tells, the second one leads to the table; a click has pointed before.
  line.addEventListener('click', (event) => {
    if (event.detail === 0 || shown >= 0) return;
    event.preventDefault();
    pointAt(event);
  });
  line.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') return hide();
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!way) return;
    event.preventDefault();
    tell((days) =>
      way > 0
        ? (days.find((day) => day > shown) ?? days.at(-1))
        : shown < 0
          ? days.at(-1)
          : (days.findLast((day) => day < shown) ?? days[0]),
    );
  });
}
