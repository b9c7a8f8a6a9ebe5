/** Progressive: the reader's own clock in the place of UTC. Where it agrees with the page's, nothing stands there. Nothing is stored. */
export {};

const { zone, yours, locale } = document.body.dataset;

/** The day and the clock time of an instant; without a zone by the reader's own. */
function read(at: Date, timeZone?: string): [string, string] {
  const day = { day: 'numeric', month: 'short', year: 'numeric', timeZone } as const;
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
  return [at.toLocaleDateString(locale, day), at.toLocaleTimeString('en-GB', clock)];
}

for (const place of document.querySelectorAll<HTMLElement>('[data-at]')) {
  const [at, until = at] = (place.dataset.at ?? '').split('/').map((each) => new Date(each));
  if (!at || !until) continue;
  const [day, clock] = read(at);
  const [endDay, endClock] = read(until);
  const seen = (timeZone?: string): string => `${[...read(at, timeZone), ...read(until, timeZone)]}`;
  if (seen() === seen('UTC')) continue;
  if (seen() === seen(zone)) {
    place.remove();
    continue;
  }
  const end = at === until ? '' : day === endDay ? `–${endClock}` : ` – ${endDay}, ${endClock}`;
  const own = `${day === read(at, zone)[0] ? '' : `${day}, `}${clock}${end} ${yours}`;
  place.textContent = place.textContent?.startsWith('(') ? `(${own})` : own;
  place.classList.replace('utc', 'yours');
}
