/** The forms of a page as a browser without JavaScript sends them when somebody fills what is empty and presses a button. */

export interface Submission {
  /** Path and query of the act. */
  to: string;
  /** The name of the action in it. */
  action: string;
  /** What is written on the button. */
  button: string;
  fields: [string, string][];
}

interface Tag {
  name: string;
  has: (attribute: string) => boolean;
  get: (attribute: string) => string;
  /** Text up to the next tag. */
  text: string;
}

const plain = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

function* tagsOf(html: string): Generator<Tag> {
  const bare = html.replace(/<(script|style)\b.*?<\/\1>/gs, '');
  for (const [, name = '', given = '', text = ''] of bare.matchAll(
    /<(\/?[a-z][\w-]*)((?:"[^"]*"|[^>"])*)>([^<]*)/g,
  )) {
    const attributes = new Map(
      [...given.matchAll(/([a-z][\w:-]*)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [
        key,
        plain(value),
      ]),
    );
    yield {
      name,
      has: (key) => attributes.has(key),
      get: (key) => attributes.get(key) ?? '',
      text: plain(text),
    };
  }
}

interface Form {
  action: string;
  fields: [string, string][];
  buttons: { action: string | null; name: string; value: string; text: string }[];
}

/** What somebody types who is asked to. */
function typedInto(type: string, present: string, now: Date): string {
  const minute = now.toISOString().slice(0, 16);
  const typed: Record<string, string> = {
    'datetime-local': minute,
    date: minute.slice(0, 10),
    time: minute.slice(11),
    number: '1',
    email: 'somebody@example.com',
    url: 'https://example.com/somewhere',
  };
  return present || (typed[type] ?? 'A few words that say why');
}

/** Every button of a page that sends something to an action, with what its form holds; what must be filled is. */
export function submissionsOf(html: string, at: string, now: Date): Submission[] {
  const forms = new Map<string, Form>();
  let own = '';
  let count = 0;
  let select: { form: Form; name: string; chosen: string | null; first: string | null } | null = null;
  const formOf = (id: string): Form => {
    const known = forms.get(id) ?? { action: '', fields: [], buttons: [] };
    forms.set(id, known);
    return known;
  };
  for (const tag of tagsOf(html)) {
    const form = formOf(tag.get('form') || own);
    const isNamed = tag.get('name') !== '' && !tag.has('disabled');
    if (tag.name === 'form') {
      count += 1;
      own = tag.get('id') || `form ${count}`;
      formOf(own).action = tag.get('method').toLowerCase() === 'post' ? tag.get('action') : '';
    } else if (tag.name === '/form') own = '';
    else if (tag.name === 'select' && isNamed)
      select = { form, name: tag.get('name'), chosen: null, first: null };
    else if (tag.name === 'option' && select && !tag.has('disabled')) {
      const value = tag.has('value') ? tag.get('value') : tag.text;
      if (tag.has('selected')) select.chosen = value;
      if (value) select.first ??= value;
    } else if (tag.name === '/select' && select) {
      select.form.fields.push([select.name, select.chosen || select.first || '']);
      select = null;
    } else if (tag.name === 'textarea' && isNamed)
      form.fields.push([tag.get('name'), tag.has('required') ? typedInto('text', tag.text, now) : tag.text]);
    else if (tag.name === 'button' && !tag.has('disabled'))
      form.buttons.push({
        action: tag.has('formaction') ? tag.get('formaction') : null,
        name: tag.get('name'),
        value: tag.get('value'),
        text: tag.text.trim(),
      });
    else if (tag.name === 'input' && isNamed) {
      const [type, name, value] = [tag.get('type') || 'text', tag.get('name'), tag.get('value')];
      const isBox = type === 'checkbox' || type === 'radio';
      if (isBox && (tag.has('checked') || tag.has('required'))) form.fields.push([name, value || 'on']);
      if (!isBox) form.fields.push([name, tag.has('required') ? typedInto(type, value, now) : value]);
    }
  }
  return [...forms.values()].flatMap(({ action, fields, buttons }) =>
    buttons.flatMap((button): Submission[] => {
      const url = new URL(button.action ?? action, `https://status.example.com${at}`);
      const name = url.searchParams.get('_action');
      if (name === null) return [];
      const pressed: [string, string][] = button.name ? [[button.name, button.value]] : [];
      return [
        { to: url.pathname + url.search, action: name, button: button.text, fields: [...fields, ...pressed] },
      ];
    }),
  );
}
