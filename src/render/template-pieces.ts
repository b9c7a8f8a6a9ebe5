import { isSlot, type Slot } from '../domain/wording/templates/slots.ts';

/** A template as people read it: plain text, a slot, or a passage that is there only when its slot is filled. */
export type Piece = { text: string } | { slot: Slot } | { passage: Piece[] };

const parts = /\{\?(\w+)\}([\s\S]*?)\{\/\1\}|\{(\w+)\}/g;

/** Cuts a template into its pieces, in order. What is in braces and no slot stays text. */
export function piecesOf(template: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of template.matchAll(parts)) {
    const [whole, passageSlot, passage = '', slot = ''] = match;
    if (match.index > end) pieces.push({ text: template.slice(end, match.index) });
    end = match.index + whole.length;
    if (passageSlot !== undefined) pieces.push({ passage: piecesOf(passage) });
    else pieces.push(isSlot(slot) ? { slot } : { text: whole });
  }
  if (end < template.length) pieces.push({ text: template.slice(end) });
  return pieces;
}
