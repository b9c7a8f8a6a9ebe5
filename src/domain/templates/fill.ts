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

/**
 * Puts slot values into a template. Values are plain text: in Markdown (`escape`) their special characters are escaped,
 * so that a value can never become formatting, a link or another slot.
 */
export function fill(template: string, values: SlotValues, escape: (value: string) => string = (value) => value): Filled {
  const missing: Slot[] = [];
  const chosen = template.replace(optionalPassage, (_whole, name: string, passage: string) =>
    isSlot(name) && values[name] ? passage : '',
  );
  const text = chosen.replace(slotPattern, (whole, name: string) => {
    if (!isSlot(name)) return whole;
    const value = values[name];
    if (value) return escape(value);
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
  const found = templates.flatMap((template) => [...template.matchAll(/\{[?/]?(\w+)\}/g)].map((match) => match[1] ?? ''));
  return [...new Set(found)].filter(isSlot);
}

/** Slots without which a template cannot be published. */
export function requiredSlotsOf(...templates: readonly string[]): Slot[] {
  return slotsOf(...templates.map((template) => template.replace(optionalPassage, '')));
}

/** Also what would start a list or become a link by itself. */
export const escapeMarkdown = (value: string): string =>
  value
    .replace(/[\\`*_[\]<>#|~&@]/g, '\\$&')
    .replace(/^(\s*)([-+=])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\b(www)\./gi, '$1\\.');

export interface Leftover {
  line: number;
  text: string;
}

/** `[TODO]`, `[Titel]`, `{slot}`, `{{ … }}`: placeholders that nobody filled. A Markdown link is none. */
const leftoverPattern =
  /\{\{[^}\n]*\}\}|\{[?/]?\s*[\w-]+\s*\}|(?<!\\)\[\s*\p{L}{2}[^\]\n]*\](?!\(|\[|:\s+\S+:\/\/)/u;

/** The first leftover of a text with its line, from 1; null when there is none. */
export function findLeftover(text: string): Leftover | null {
  for (const [at, line] of text.split('\n').entries()) {
    const found = leftoverPattern.exec(line);
    if (found) return { line: at + 1, text: found[0] };
  }
  return null;
}
