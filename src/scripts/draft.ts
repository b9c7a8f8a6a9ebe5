/** Keeps what is typed: on the server while there is a connection, on this device while there is none. */

/** Quiet for this long, then it is saved. */
const pauseMs = 1_500;
/** Fields of one sending; a draft has none of them. */
const ofOneSending = ['idempotencyKey', 'version:number'];

interface Local {
  fields: [string, string][];
}

const fieldsOf = (form: HTMLFormElement): Local['fields'] =>
  [...new FormData(form)].flatMap(([name, value]): Local['fields'] =>
    ofOneSending.includes(name) ? [] : [[name, String(value)]],
  );

/** Watches the composer's form. `data-draft` is where it is saved, `data-local` its place here; restricted ones have none. */
export function keepDraft(form: HTMLFormElement): void {
  const { draft = '', local } = form.dataset;
  const line = document.getElementById('status');
  let later = 0;
  let isCut = false;
  let isSending = false;

  const say = (...said: (string | Node)[]) => line?.replaceChildren(...said);
  const stored = (): Local | null => {
    try {
      return local ? JSON.parse(localStorage.getItem(local) ?? 'null') : null;
    } catch {
      return null;
    }
  };
  const store = (value: Local | null): void => {
    try {
      if (local && value) localStorage.setItem(local, JSON.stringify(value));
      else if (local) localStorage.removeItem(local);
    } catch {
      // A full or forbidden storage: the page itself still holds every word.
    }
  };
  const cutOff = (): void => {
    isCut = true;
    store({ fields: fieldsOf(form) });
    say(line?.dataset.offline ?? '');
  };

  async function save(): Promise<void> {
    const body = new URLSearchParams(fieldsOf(form));
    // The answer is a redirect that nobody needs to follow; anything else is a sign-in page or a refusal.
    const answer = await fetch(draft, { method: 'POST', body, redirect: 'manual' }).catch(() => null);
    if (isSending) return;
    if (!answer) return cutOff();
    isCut = false;
    if (answer.status === 401) return say(line?.dataset.ended ?? '');
    const isKept = answer.type === 'opaqueredirect' || answer.ok;
    if (isKept) store(null);
    say(isKept ? (line?.dataset.saved ?? '') : '');
  }

  const isReachable = async (): Promise<boolean> => {
    if (!navigator.onLine) return false;
    if (!isCut) return true;
    const answer = await fetch('/healthz', {
      method: 'HEAD',
      cache: 'no-store',
      signal: AbortSignal.timeout(3_000),
    }).catch(() => null);
    return answer !== null;
  };

  form.addEventListener('input', () => {
    clearTimeout(later);
    if (navigator.onLine) later = window.setTimeout(save, pauseMs);
    else cutOff();
  });
  window.addEventListener('offline', cutOff);
  window.addEventListener('online', () => void save());

  // A browser throws the page away before it knows that nobody answers.
  form.addEventListener('submit', async (event) => {
    clearTimeout(later);
    if (isSending) return;
    if (navigator.onLine && !isCut) {
      isSending = true;
      return;
    }
    event.preventDefault();
    if (!(await isReachable())) return cutOff();
    isSending = true;
    store(null);
    form.requestSubmit(event.submitter);
  });
  // Back from the page that followed: the form can be sent again.
  window.addEventListener('pageshow', () => {
    isSending = false;
  });

  // Which of two drafts is newer cannot be told, because the clocks of device and server need not agree: it is offered.
  const found = stored();
  if (!found) return;
  const use = document.createElement('button');
  use.type = 'button';
  use.className = 'quiet';
  use.textContent = line?.dataset.use ?? '';
  use.addEventListener('click', () => {
    putBack(form, found.fields);
    say();
    form.dispatchEvent(new Event('input', { bubbles: true }));
  });
  say(`${line?.dataset.kept ?? ''} `, use);
}

/** Puts kept values into the fields that this form has. */
function putBack(form: HTMLFormElement, fields: Readonly<Local['fields']>): void {
  for (const [name, value] of fields) {
    const field = form.elements.namedItem(name);
    if (field instanceof RadioNodeList) field.value = value;
    else if (field instanceof HTMLInputElement && ['hidden', 'checkbox'].includes(field.type)) continue;
    else if (
      field instanceof HTMLInputElement ||
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement
    )
      field.value = value;
  }
}
