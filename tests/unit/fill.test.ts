import { describe, expect, test } from 'vitest';
import { findLeftover } from '../../src/domain/core/leftover.ts';
import { escapeMarkdown, fill, requiredSlotsOf, slotsOf } from '../../src/domain/wording/templates/fill.ts';
import { wrongSlotOf } from '../../src/domain/wording/templates/wrong-slot.ts';
import { renderSafeHtml } from '../../src/render/markdown.ts';

describe('fill', () => {
  test.each([
    ['{effect}.', { effect: 'Pages fail' }, 'Pages fail.'],
    ['{effect}. {effect}!', { effect: 'Pages fail' }, 'Pages fail. Pages fail!'],
    ['A{?reason}: {reason}{/reason}.', { reason: 'a setting' }, 'A: a setting.'],
    ['A{?reason}: {reason}{/reason}.', {}, 'A.'],
    ['A{?reason}: {reason}{/reason}.', { reason: '' }, 'A.'],
    ['A.{?reason} {reason}.{/reason} B.', {}, 'A. B.'],
    ['A {?reason}{reason}{/reason} B', {}, 'A B'],
    ['A\n\n{?workaround}{workaround}{/workaround}\n\nB', {}, 'A\n\nB'],
    ['{?effect}a{/effect}{?scope}b{/scope}', { scope: 'all' }, 'b'],
    ['{?nothing}never{/nothing}', {}, ''],
    ['{?workaround}{workaround}.{/workaround}', {}, ''],
    // A value is never looked at again: it can name no slot and no replacement pattern.
    ['{effect}', { effect: '{scope}', scope: 'secret' }, '{scope}'],
    ['{effect}', { effect: '$& $1 $`' }, '$& $1 $`'],
    ['{?effect}{effect}{/effect}', { effect: '{?scope}x{/scope}', scope: 'y' }, '{?scope}x{/scope}'],
  ])('%s with %o', (template, values, text) => {
    expect(fill(template, values)).toEqual({ text, missing: [] });
  });

  test('what is missing is named once, in order, and stays where it was', () => {
    const filled = fill('{scope} {effect} {scope} {?reason}{action}{/reason}', {});
    expect(filled).toEqual({ text: '{scope} {effect} {scope}', missing: ['scope', 'effect'] });
  });

  test('a passage that stays needs its other slots', () => {
    expect(fill('{?effect}{effect} {scope}{/effect}', { effect: 'x' }).missing).toEqual(['scope']);
  });

  test('what is no slot stays and is not missing', () => {
    expect(fill('{name} {constructor} {effect}', { effect: 'x' })).toEqual({
      text: '{name} {constructor} x',
      missing: [],
    });
  });
});

describe('the slots of a template', () => {
  test('are each named once, over all its parts', () => {
    expect(slotsOf('{effect}', '{?scope}{effect} {nonsense}{/scope}', '')).toEqual(['effect', 'scope']);
  });

  test('are required outside of optional passages only', () => {
    expect(requiredSlotsOf('{effect}{?scope} {scope}{action}{/scope} {next_update}')).toEqual([
      'effect',
      'next_update',
    ]);
  });

  test.each([
    ['{effect}. {?scope}{scope} {action}{/scope}', null],
    ['no braces', null],
    ['{efect}', '{efect}'],
    ['{{ effect }}', '{{ effect }}'],
    ['{{effect}}', '{{effect}}'],
    ['{effect}{scope}', null],
    ['{effect', '{effect'],
    ['effect}', '}'],
    ['{?scope}never ends', '{?scope}'],
    ['{?scope}ends otherwise{/effect}', '{?scope}'],
    ['{?nothing}x{/nothing}', '{?nothing}'],
    ['{?scope}a{?effect}b{/effect}{/scope}', '{?scope}'],
    ['{toString}', '{toString}'],
  ])('%s: the first thing in braces that is none is %s', (template, wrong) => {
    expect(wrongSlotOf(template)).toBe(wrong);
  });
});

describe('escaping', () => {
  test.each([
    '*a* _b_',
    '`c`',
    '<b>d</b>',
    '[x](mailto:a)',
    '![i](data:x)',
    '~~e~~',
    '# f',
    '> g',
    'a | b',
    '&lt;',
    '\\*',
  ])('%s is shown as it was typed', (value) => {
    const { text } = fill('We say {effect}.', { effect: value }, escapeMarkdown);
    const asText = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    expect(renderSafeHtml(text, 'markdown')).toBe(`<p>We say ${asText}.</p>`);
  });

  test.each(['- a', '+ a', '1. a', '2) a', 'https://x.example', 'www.x.example', 'a@x.example'])(
    '%s at the beginning of a line is shown as it was typed: no list, no link',
    (value) => {
      const { text } = fill('{effect}', { effect: value }, escapeMarkdown);
      expect(renderSafeHtml(text, 'markdown')).toBe(`<p>${value}</p>`);
    },
  );

  test('a day within a sentence stays as it is', () => {
    expect(fill('Until {effect}', { effect: '24. Nov.' }, escapeMarkdown).text).toBe('Until 24. Nov.');
  });

  test('is for values only, not for the template', () => {
    expect(fill('**{effect}**', { effect: '*x*' }, escapeMarkdown).text).toBe('**\\*x\\***');
  });
});

describe('leftovers (R-152)', () => {
  test.each([
    ['[TODO]', '[TODO]'],
    ['[Titel]', '[Titel]'],
    ['[Owner]', '[Owner]'],
    ['{{ x }}', '{{ x }}'],
    ['{slot}', '{slot}'],
    ['{?effect} text', '{?effect}'],
    ['text {/effect}', '{/effect}'],
    ['Owner: [Name der Gruppe], bitte', '[Name der Gruppe]'],
    ['[Übersicht]', '[Übersicht]'],
    ['[ TODO ]', '[ TODO ]'],
    ['[TODO]: who?', '[TODO]'],
    ['{ slot }', '{ slot }'],
    ['{slot-name}', '{slot-name}'],
  ])('%s is refused with its line', (sample, text) => {
    expect(findLeftover(sample)).toEqual({ line: 1, text });
    expect(findLeftover(`All is well.\n\nSee: ${sample}\n[TODO]`)).toEqual({ line: 3, text });
  });

  test.each([
    '[text](url)',
    'See [our help](https://help.example/a_(b)) and [more][1].',
    '[1]: https://help.example',
    'In the year [2026] and [1]',
    'Escaped \\[TODO\\]',
    'a { b, c } d',
    '[x] done',
    '',
  ])('%s passes', (text) => {
    expect(findLeftover(text)).toBeNull();
  });
});
