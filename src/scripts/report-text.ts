/**
 * Progressive: a report saves itself when its author pauses, and says so. Milestones, suppliers and half-typed entries wait for
 * the button. Only as a draft: what ends a review or an approval, or begins the next version, is for somebody to do.
 */
export {};

/** Quiet for this long, then it is saved. */
const pauseMs = 3_000;
const form = document.querySelector<HTMLFormElement>('#report-text');
const line = document.getElementById('status');
const versionOf = (root: ParentNode) => root.querySelector<HTMLInputElement>('[name="version:number"]');

if (form) {
  const { autosave, unsaved } = form.dataset;
  let later = 0;
  let typed = unsaved === undefined ? 0 : 1;
  let kept = 0;
  /** Something was typed that only the button saves. */
  let isPartly = false;
  let isStopped = false;
  let isLeaving = false;
  let running: Promise<void> | null = null;
  const say = (key: string, more = '') => {
    if (line) line.textContent = [line.dataset[key], more].filter(Boolean).join(' ');
  };

  async function save(to: string, of: HTMLFormElement): Promise<void> {
    const at = typed;
    const body = new URLSearchParams({ 'isAutosave:flag': 'true' });
    for (const [name, value] of new FormData(of))
      if (name !== 'idempotencyKey' && name !== 'keepTheirs:list') body.append(name, String(value));
    say('saving');
    const answer = await fetch(to, { method: 'POST', body }).catch(() => null);
    const text = (await answer?.text().catch(() => '')) ?? '';
    if (!answer?.ok) {
      isStopped = answer?.status === 409;
      return say(
        { 401: 'ended', 409: 'conflicted' }[answer?.status ?? 0] ?? (answer ? 'refused' : 'offline'),
      );
    }
    const next = new DOMParser().parseFromString(text, 'text/html');
    const [mine, theirs] = [versionOf(of), versionOf(next)];
    if (mine && theirs) mine.value = theirs.value;
    for (const id of ['missing', 'findings', 'counts']) {
      const fresh = next.getElementById(id);
      if (fresh) document.getElementById(id)?.replaceWith(fresh);
    }
    kept = at;
    if (isPartly) say('partly');
    else say('saved', next.querySelector<HTMLElement>('#report-text')?.dataset.at);
  }

  const start = (): void => {
    if (!autosave || isStopped || isLeaving || running || kept === typed) return;
    const at = typed;
    running = save(autosave, form).finally(() => {
      running = null;
      if (at !== typed && !isStopped) plan();
    });
  };
  const plan = (): void => {
    clearTimeout(later);
    later = window.setTimeout(start, pauseMs);
  };

  document.addEventListener('input', ({ target }) => {
    if (!(target instanceof Element) || !('form' in target) || target.form !== form) return;
    typed += 1;
    isPartly ||= /^(milestones|suppliers|entries\.new-)/.test(target.getAttribute('name') ?? '');
    if (!isStopped) say('typing');
    plan();
  });
  window.addEventListener('online', start);
  document.addEventListener('visibilitychange', () => document.hidden && start());
  // Two savings at once would meet each other as a conflict.
  form.addEventListener('submit', (event) => {
    clearTimeout(later);
    isLeaving = true;
    if (!running) return;
    event.preventDefault();
    const { submitter } = event;
    void running.then(() => form.requestSubmit(submitter));
  });
  window.addEventListener('pageshow', () => {
    isLeaving = false;
  });
  window.addEventListener('beforeunload', (event) => {
    if (!isLeaving && (kept !== typed || isPartly)) event.preventDefault();
  });
  // After a refusal the first wrong field is where to go on.
  const wrong = form.querySelector<HTMLElement>('[aria-invalid="true"]');
  const folded = wrong?.closest('details');
  if (folded) folded.open = true;
  wrong?.focus();
}
