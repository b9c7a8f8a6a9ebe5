/** Progressive: the reader's own zone, a sign when something new was published, and an honest "may be outdated". Moves nothing. */
export {};
const bar = document.querySelector<HTMLElement>('[data-live]');
const live = document.querySelector<HTMLElement>('[role=status]');
const words = bar?.dataset;

const own = Intl.DateTimeFormat(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
for (const time of document.querySelectorAll('time[datetime*=T]')) {
  time.setAttribute('title', `${own.format(new Date(time.getAttribute('datetime') ?? 0))} (${words?.zone})`);
}

let known = '';
async function look(): Promise<void> {
  if (document.hidden || !words?.live || !live) return;
  try {
    const answer = await fetch(words.live, { cache: 'no-cache', credentials: 'omit' });
    if (!answer.ok) throw new Error();
    const { changedAt } = await answer.json();
    if (known && known !== changedAt && live.hidden) {
      const link = document.createElement('a');
      link.href = location.pathname;
      link.textContent = words.show ?? '';
      live.append(`${words.new} – `, link);
      live.hidden = false;
    }
    known ||= changedAt;
  } catch {
    if (Date.now() - Date.parse(words.asOf ?? '') > 6e5 && live.hidden) {
      live.textContent = words.outdated ?? '';
      live.className = 'outdated';
      live.hidden = false;
    }
  }
}
look();
setInterval(look, 60_000);
document.addEventListener('visibilitychange', look);
