import { isSlot, type Slot } from './slots.ts';

export type SlotValues = Partial<Record<Slot, string>>;

interface Filled {
  text: string;
  /** Slots that the text needs and that have no value, in order of appearance. */
  missing: Slot[];
}

/** `{?slot} … {/slot}`: a passage that is dropped when its slot is empty. */
const optionalPassage = /\{\?(\w+)\}([\s\S]*?)\{\/\1\}/g;
const slotPattern = /\{(\w+)\}/g;

/** `isLineStart` tells that the value begins a line, where it could become a list. */
type EscapeValue = (value: string, isLineStart: boolean) => string;

/**
 * Puts slot values into a template. Values are plain text: in Markdown (`escapeValue`) their special characters are escaped,
 * so that a value can never become formatting, a link or another slot.
 */
export function fill(
  template: string,
  values: SlotValues,
  escapeValue: EscapeValue = (value) => value,
): Filled {
  const missing: Slot[] = [];
  const chosen = template.replace(optionalPassage, (_whole, name: string, passage: string) =>
    isSlot(name) && values[name] ? passage : '',
  );
  const text = chosen.replace(slotPattern, (whole, name: string, at: number) => {
    if (!isSlot(name)) return whole;
    const value = values[name];
    if (value) return escapeValue(value, /(^|\n)\s*$/.test(chosen.slice(0, at)));
    if (!missing.includes(name)) missing.push(name);
    return whole;
  });
  return { text: tidy(text), missing };
}

/** A dropped passage leaves doubled spaces and empty lines behind. */
const tidy = (text: string): string =>
  text
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/ +$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** The slots that a template names, each once. */
export function slotsOf(...templates: readonly string[]): Slot[] {
  const found = templates.flatMap((template) =>
    [...template.matchAll(/\{[?/]?(\w+)\}/g)].map((match) => match[1] ?? ''),
  );
  return [...new Set(found)].filter(isSlot);
}

/** Slots without which a template cannot be published. */
export function requiredSlotsOf(...templates: readonly string[]): Slot[] {
  return slotsOf(...templates.map((template) => template.replace(optionalPassage, '')));
}

/** A value as Markdown that reads just like it: no formatting, no link, and no list where it begins a line. */
export const escapeMarkdown: EscapeValue = (value, isLineStart) => {
  const [first = '', ...rest] = value
    .replace(/[\\`*_[\]<>#|~&@]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\b(www)\./gi, '$1\\.')
    .split('\n');
  return [isLineStart ? escapeListMark(first) : first, ...rest.map(escapeListMark)].join('\n');
};

const escapeListMark = (line: string): string =>
  line.replace(/^(\s*)([-+=])/, '$1\\$2').replace(/^(\s*\d+)([.)])/, '$1\\$2');
