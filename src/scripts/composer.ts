/** Progressive: the preview follows what is chosen, and Ctrl+Enter publishes. Without it the buttons do the same. */
export {};

const form = document.querySelector<HTMLFormElement>('#compose');
const parts = ['preview', 'findings', 'notice-period', 'basis', 'due'];
let running: AbortController | undefined;
let later = 0;

async function refresh(compose: HTMLFormElement): Promise<void> {
  running?.abort();
  running = new AbortController();
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(compose)) body.append(name, String(value));
  // What fails leaves the old preview pale; the form itself still works, and says what is wrong.
  const answer = await fetch(compose.action, { method: 'POST', body, signal: running.signal }).catch(
    () => null,
  );
  const text = answer?.ok ? await answer.text().catch(() => '') : '';
  const next = new DOMParser().parseFromString(text, 'text/html');
  for (const id of parts) {
    const fresh = next.getElementById(id);
    if (fresh) document.getElementById(id)?.replaceWith(fresh);
  }
}

form?.addEventListener('input', () => {
  document.getElementById('preview')?.toggleAttribute('data-stale', true);
  clearTimeout(later);
  later = window.setTimeout(() => refresh(form), 200);
});
// Hidden it stays what Enter in a field presses: a preview, never publishing.
document.getElementById('refresh')?.setAttribute('hidden', '');
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  document.querySelector<HTMLButtonElement>('.publish button')?.click();
});
