/** Progressive: a sign when something new was published, and an honest "may be outdated". Moves nothing. */
export {};

const words = document.querySelector<HTMLElement>('[data-live]')?.dataset;
const live = document.querySelector<HTMLElement>('[role=status]');

function say(...parts: (string | Node)[]): void {
  live?.replaceChildren(...parts);
  if (live) live.hidden = parts.length === 0;
}

// By the reader's clock alone: it need not agree with the server's.
let answeredAt = Date.now();
let known = '';
let isNew = false;
async function look(): Promise<void> {
  if (document.hidden || isNew || !words?.live) return;
  try {
    const answer = await fetch(words.live, { cache: 'no-cache', credentials: 'omit' });
    if (!answer.ok) throw new Error();
    answeredAt = Date.now();
    const { changedAt } = await answer.json();
    known ||= changedAt;
    isNew = known !== changedAt;
    if (!isNew) return say();
    const link = document.createElement('a');
    link.href = location.pathname;
    link.textContent = words.show ?? '';
    say(`${words.new} – `, link);
  } catch {
    if (Date.now() - answeredAt > 6e5) say(words.outdated ?? '');
  }
}
look();
setInterval(look, 60_000);
document.addEventListener('visibilitychange', look);
