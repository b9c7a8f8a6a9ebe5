import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import type { TextFormat } from '../../db/words.ts';
import { rendererVersion } from '../../src/domain/core/renderer-version.ts';
import { absoluteLinks } from '../../src/render/absolute-links.ts';
import { renderSafeHtml } from '../../src/render/markdown.ts';
import { plainText } from '../../src/render/plain-text.ts';
import { shownHtml } from '../../src/render/shown-html.ts';

interface Source {
  page: { url: string };
  incidents: { incident_updates: { body: string }[] }[];
}
const { page, incidents }: Source = JSON.parse(
  readFileSync(new URL('../fixtures/statuspage/bodies-as-typed.json', import.meta.url), 'utf8'),
);
const typed = incidents.flatMap((incident) => incident.incident_updates.map(({ body }) => body));

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  // The renderer closes empty elements as XML does, for feeds.
  rules: {
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    'no-inline-style': 'error',
  },
});

/** What html-validate says of bodies where the timeline shows them. */
async function faults(...bodies: string[]): Promise<string[]> {
  const shown = bodies.map((html) => `<h3>c</h3><div>${shownHtml(html, 4)}</div>`).join('\n');
  const around = `<!DOCTYPE html>\n<html lang="en"><head><title>t</title></head><body><h1>a</h1><h2>b</h2>${shown}</body></html>`;
  const report = await validator.validateString(around);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message }) => `${ruleId}: ${message}`),
  );
}

/** The same numbers on each run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const tags =
  'p b i em strong a ul ol li table tr td th thead tbody caption h1 h2 h4 h6 pre code blockquote div dl dt dd br hr img input span q s sup section foo'.split(
    ' ',
  );
function wild(seed: number): string {
  const roll = dice(seed);
  const part = (): string => {
    const tag = tags[roll(tags.length)] ?? 'p';
    const given =
      tag === 'a'
        ? ' href="/x"'
        : tag === 'img'
          ? ' src="/y.png" alt="z"'
          : tag === 'input'
            ? ' type="checkbox"'
            : '';
    return (
      [`<${tag}${given}>`, `</${tag}>`, 'word ', '\n', '\n\n', ' & '][roll(10) > 4 ? roll(2) : 2 + roll(4)] ??
      ''
    );
  };
  return Array.from({ length: 4 + roll(40) }, part).join('');
}

describe('a body is valid HTML wherever it stands', () => {
  test('what people typed: a broken list, tables, headings of any order', async () => {
    for (const body of typed) expect(await faults(renderSafeHtml(body, 'html', page.url)), body).toEqual([]);
    const markdown =
      '#### a\n\n# b\n\n| a | |\n|---|---|\n| b | c |\n\n- [x] d\n  1. e\n\n     f\n\n> # g\n\n![h](i)\n\n```\nj\n```';
    expect(await faults(renderSafeHtml(markdown, 'markdown'))).toEqual([]);
  });

  test('400 wild nestings of elements, the same on each run, lose no word', async () => {
    const sources = Array.from({ length: 400 }, (_, seed) => wild(seed + 1));
    const bodies = sources.map((source) => renderSafeHtml(source, 'html', page.url));
    if ((await faults(...bodies)).length > 0)
      for (const [at, html] of bodies.entries()) expect(await faults(html), sources[at]).toEqual([]);
    const words = (text: string): number => text.split('word').length;
    expect(bodies.map(words)).toEqual(sources.map(words));
  });
});

describe('what is made of a text', () => {
  // Stored texts are rendered anew only when the version says that something changed.
  test('has not changed without its version being counted up', () => {
    const made = (['markdown', 'html'] satisfies TextFormat[]).flatMap((format) =>
      [...typed, ...Array.from({ length: 50 }, (_, seed) => wild(seed))].map((body) =>
        renderSafeHtml(body, format, page.url),
      ),
    );
    const digest = createHash('sha256').update(made.join('\n\n')).digest('hex').slice(0, 16);
    expect([rendererVersion, digest]).toEqual([2, '983f22abaeea8b60']);
  });
});

describe('plain text keeps the meaning', () => {
  test.each([
    ['| Region | State |\n|---|---|\n| EU | down |', 'Region | State\nEU | down'],
    ['- [x] done\n- [ ] open', '- ☑ done\n- ☐ open'],
    ['3. a\n4. b\n   - c', '3. a\n4. b\n   - c'],
    ['> a\n>\n> b', '> a\n>\n> b'],
    ['![Errors](https://pictures.example/a.png)', 'Errors (https://pictures.example/a.png)'],
    [
      '[Help](/help) or https://help.example',
      'Help (https://status.example.com/help) or https://help.example',
    ],
    ['[u](#u) me@help.example', 'u (https://status.example.com/incidents/x#u) me@help.example'],
    ['It ~~works~~ fails', 'It ~~works~~ fails'],
    ['```\na\n  b\n```', 'a\n  b'],
    ['## Why\n\nA cable.', 'Why\n\nA cable.'],
  ])('%j is read as %j', (source, text) => {
    expect(plainText(renderSafeHtml(source, 'markdown'), 'https://status.example.com/incidents/x#v')).toBe(
      text,
    );
  });
});

test('where the text is shown elsewhere, its links to our own page are whole', () => {
  const html = renderSafeHtml('[a](/b?c=1&d=2) [e](#f) [g](https://h.example/)', 'markdown');
  const whole = absoluteLinks(html, 'https://status.example.com/de/incidents/x#u');
  expect([...whole.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
    'https://status.example.com/b?c=1&amp;d=2',
    'https://status.example.com/de/incidents/x#f',
    'https://h.example/',
  ]);
});

test('headings of a body stand below the heading above it, and a wide table moves in its own box', () => {
  expect(shownHtml('<h3>a</h3>\n<h5>b</h5>', 4)).toBe('<h4>a</h4>\n<h6>b</h6>');
  expect(shownHtml('<h5>b</h5>', 5)).toBe('<h6>b</h6>');
  expect(shownHtml('<table>\n</table>', 3)).toBe(
    '<div class="wide-table" tabindex="0"><table>\n</table></div>',
  );
});
