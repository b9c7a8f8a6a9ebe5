/** The words that ship with the product are what they ask of others: complete, short, without a promise or a name. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readShippedContent } from '../../db/seed.ts';
import {
  componentStatuses,
  componentTypes,
  type Language,
  languages,
  type Occasion,
  occasions,
} from '../../db/words.ts';
import { findLeftover } from '../../src/domain/core/leftover.ts';
import { fill, requiredSlotsOf, slotsOf } from '../../src/domain/wording/templates/fill.ts';
import { oftenEmpty } from '../../src/domain/wording/templates/occasions.ts';
import { type Slot, slotNames, slots } from '../../src/domain/wording/templates/slots.ts';
import { templateRefusals } from '../../src/domain/wording/templates/template-refusals.ts';
import { wrongSlotOf } from '../../src/domain/wording/templates/wrong-slot.ts';

const { categories, phrases, templates } = readShippedContent(process.cwd());

/** What an update of each occasion must be able to say (requirements table 5.2). */
const requiredSlots: Record<Occasion, Slot[]> = {
  investigating: ['effect', 'scope', 'next_update'],
  identified: ['action', 'workaround', 'next_update'],
  no_news: ['next_update'],
  monitoring: ['action', 'next_update'],
  resolved: ['ended', 'duration', 'report_by', 'explanation'],
  reopened: ['effect', 'next_update'],
  correction: [],
  scheduled: ['window', 'effect'],
  in_progress: ['planned_end'],
  extended: ['new_end'],
  verifying: [],
  completed: ['ended'],
  cancelled: [],
};

/** The longest sentence that a reader in a hurry follows (G-18). */
const longestSentence = 20;

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}_]+(?:['’./-][\p{L}\p{N}_]+)*/gu) ?? [];
const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])(?=\s|$)/);
const tooLong = (text: string): string[] =>
  sentencesOf(text).filter((one) => wordsOf(one).length > longestSentence);

test('a sentence is counted by its words', () => {
  expect(wordsOf('Sign-in fails (5xx) until 14:30, we don’t know why; an e.g. is one.')).toHaveLength(14);
  expect(sentencesOf('One. Two 3.5 percent? Three').map((sentence) => sentence.trim())).toEqual([
    'One.',
    'Two 3.5 percent?',
    'Three',
  ]);
});

test('there are the 14 categories, two of them restricted', () => {
  expect(categories).toHaveLength(14);
  expect(new Set(categories.map(({ slug }) => slug)).size).toBe(14);
  expect(new Set(categories.map(({ ticketLabel }) => ticketLabel.toLowerCase())).size).toBe(14);
  const restricted = categories.filter((category) => category.isRestricted);
  expect(restricted.map(({ slug }) => slug)).toEqual(['security', 'privacy']);
});

test('all 26 templates exist, in both languages', () => {
  const cells = templates.map(({ occasion, language }) => `${occasion}.${language}`).sort();
  const expected = occasions.flatMap((occasion) => languages.map((language) => `${occasion}.${language}`));
  expect(cells).toEqual(expected.sort());
});

describe.each(templates)('$occasion, $language', ({ occasion, language, title, body, workaround }) => {
  const whole = `${title}\n${body}\n${workaround}`;

  test('names slots of the closed list only and leaves no other placeholder', () => {
    expect(wrongSlotOf(whole)).toBeNull();
    expect(findLeftover(whole.replace(/\{[?/]?\w+\}/g, ''))).toBeNull();
  });

  test('names slots that its occasion offers', () => {
    expect(templateRefusals(occasion, { title, body, workaround })).toEqual([]);
  });

  test('keeps what is often empty in a passage that falls away', () => {
    const needed = requiredSlotsOf(title, body, workaround);
    expect(needed.filter((slot) => oftenEmpty.includes(slot))).toEqual([]);
  });

  test('can say what its occasion must say', () => {
    expect(slotsOf(whole)).toEqual(expect.arrayContaining(requiredSlots[occasion]));
  });

  test('G-18: has sentences of at most 20 words, with the longest phrases in them', () => {
    const values = Object.fromEntries(slotNames.map((slot) => [slot, longestPhrase(slot)]));
    for (const text of [title, body, workaround]) expect(tooLong(fill(text, values).text)).toEqual([]);
  });

  test('says the same slots as its other language', () => {
    const others = templates.filter((template) => template.occasion === occasion);
    const said = others.map((other) => slotsOf(other.title, other.body, other.workaround).sort().join());
    expect(new Set(said).size).toBe(1);
  });

  /** A phrase slot takes its longest shipped phrase in words; a moment or a count is read as one word. */
  function longestPhrase(slot: Slot): string {
    if (slots[slot].type !== 'phrase' || slot === 'explanation') return slot;
    const offered = phrases.filter((phrase) => phrase.slot === slot).map((phrase) => phrase.text[language]);
    return offered.sort((a, b) => wordsOf(b).length - wordsOf(a).length)[0] ?? slot;
  }
});

/** How a text says that somebody is working on it, beside the slot for what exactly. */
const workingOnIt: Partial<Record<Language, RegExp>> = {
  en: /\bwe are (looking|working|checking)\b|\{action\}/i,
  de: /\bwir (suchen|arbeiten|prüfen|untersuchen)\b|\{action\}/i,
};

test.each(languages)(
  'R-068: the first text says what fails and that it is being worked on, in %s',
  (language) => {
    for (const occasion of ['investigating', 'reopened', 'identified', 'no_news'] as const) {
      const body =
        templates.find((one) => one.occasion === occasion && one.language === language)?.body ?? '';
      const isSaid = workingOnIt[language]?.test(body) || /looking into|dauern an|work continues/i.test(body);
      expect([occasion, body.includes('{effect}'), isSaid]).toEqual([occasion, true, true]);
    }
    const first = templates.find((one) => one.occasion === 'investigating' && one.language === language);
    // Both stand outside passages that fall away: no first update goes without them.
    const said = fill(first?.body ?? '', { effect: 'EFFECT', scope: 'SCOPE' });
    expect(said.missing).toEqual([]);
    expect(said.text).toContain('EFFECT');
    expect(said.text).toMatch(workingOnIt[language] ?? /(?!)/);
  },
);

test('every effect key is unique in its category, every other key in its slot', () => {
  const keys = phrases.map(({ category, slot, key }) => `${category} ${slot} ${key}`);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});

test('a category offers effects, each with the level that it suggests', () => {
  for (const { slug } of categories) {
    const effects = phrases.filter((phrase) => phrase.slot === 'effect' && phrase.category === slug);
    expect(effects.length, slug).toBeGreaterThanOrEqual(3);
    for (const { key, level } of effects) {
      expect(componentStatuses.slice(2), `${slug} ${key}`).toContain(level);
    }
  }
  const forAll = phrases.filter((phrase) => phrase.category === null);
  expect(forAll.filter(({ slot }) => slot === 'effect').map(({ level }) => level)).not.toContain(
    'operational',
  );
  for (const slot of ['scope', 'action', 'cause', 'reason', 'explanation'] as const) {
    expect(forAll.filter((phrase) => phrase.slot === slot).length, slot).toBeGreaterThanOrEqual(5);
  }
});

test.each(languages)('phrases and categories are complete and short in %s', (language) => {
  for (const { slot, text, workaround } of phrases) {
    for (const words of [text[language], workaround?.[language] ?? 'Wait']) {
      // An explanation is whole sentences, all others are clauses.
      const isSentence = slot === 'explanation' && words === text[language];
      expect(words, words).toMatch(isSentence ? /^\p{Lu}.{39,}\.$/u : /^[\p{Lu}\p{N}].*[^.!?\s]$/u);
      expect(tooLong(words)).toEqual([]);
      expect(findLeftover(words)).toBeNull();
    }
  }
  for (const { name, short, subject, description } of categories) {
    for (const words of [name, short, subject, description]) expect(words[language].trim()).not.toBe('');
    expect(tooLong(description[language])).toEqual([]);
  }
});

test('the languages differ', () => {
  const same = phrases.filter(({ text }) => text.en === text.de);
  expect(same).toEqual([]);
  for (const { occasion, body, language } of templates) {
    const other = templates.find(
      (template) => template.occasion === occasion && template.language !== language,
    );
    expect(other?.body, occasion).not.toBe(body);
  }
});

test('R-004: components are of five types, and the demo has them all', () => {
  const demo: unknown = parse(readFileSync('content/demo.yaml', 'utf8'));
  const { components } = demo as { components: { type: string }[] };
  expect([...new Set(components.map((component) => component.type))].sort()).toEqual(
    [...componentTypes].sort(),
  );
});
