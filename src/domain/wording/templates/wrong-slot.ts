import { isSlot } from './slots.ts';

/** A passage that holds another one is none: `fill` goes through a template once. */
const passage = /\{\?(\w+)\}((?:(?!\{\?)[\s\S])*?)\{\/\1\}/g;

/** The first thing in braces that is no slot of the closed list and no passage around one; null when all are. */
export function wrongSlotOf(template: string): string | null {
  const rest = template
    .replace(passage, (whole, name: string, inside: string) => (isSlot(name) ? inside : whole))
    .replace(/(?<!\{)\{(\w+)\}(?!\})/g, (whole, name: string) => (isSlot(name) ? '' : whole));
  return /\{+[^{}\n]*\}*|\}/.exec(rest)?.[0] ?? null;
}
