/** Progressive: the preview follows what is chosen, drafts save themselves, chords publish and choose. Without it the buttons do the same. */
import { keepDraft } from './draft.ts';

const form = document.querySelector<HTMLFormElement>('#compose');
const parts = ['preview', 'tints', 'checks', 'findings', 'lint', 'notice-period', 'due'];
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
  // What the effect says of the components stands in the choices that follow it.
  const byEffect = 'select[name^="components."] option[value="as_effect"]';
  const said = next.querySelector(byEffect)?.textContent;
  if (said) for (const option of document.querySelectorAll(byEffect)) option.textContent = said;
}

/** The next or the one before of the `group`th choice that is asked for. */
function choose(compose: HTMLFormElement, group: number, step: number): void {
  const groups = [...compose.querySelectorAll('.slot .options')].filter((each) => each.checkVisibility());
  const radios = [...(groups[group]?.querySelectorAll<HTMLInputElement>('input[type=radio]') ?? [])];
  const at = radios.findIndex((radio) => radio.checked);
  const next = radios[(at + step + radios.length) % radios.length];
  if (!next) return;
  next.checked = true;
  next.dispatchEvent(new Event('input', { bubbles: true }));
}

if (form) {
  form.addEventListener('input', () => {
    document.getElementById('preview')?.toggleAttribute('data-stale', true);
    clearTimeout(later);
    later = window.setTimeout(() => refresh(form), 200);
  });
  keepDraft(form);
}
// After a refusal the first wrong field is where to go on.
const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
const folded = wrong?.closest('details');
if (folded) folded.open = true;
(
  wrong?.querySelector<HTMLElement>('input:checked') ??
  wrong?.querySelector<HTMLElement>('input') ??
  wrong
)?.focus();
// Hidden it stays what Enter in a field presses: a preview, never publishing.
document.getElementById('refresh')?.setAttribute('hidden', '');

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    if (!event.repeat) document.querySelector<HTMLButtonElement>('.publish button')?.click();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const isWriting = document.activeElement?.matches('textarea, select, input:not([type=radio])');
  if (form && step && event.altKey && !event.ctrlKey && !event.metaKey && !isWriting) {
    event.preventDefault();
    choose(form, event.shiftKey ? 1 : 0, step);
  }
});
