import type { Occasion } from '../../../../db/words.ts';
import type { FieldRefusal } from '../../core/errors.ts';
import { findLeftover } from '../../core/leftover.ts';
import { directionMarks } from '../../core/parse.ts';
import { type LintQuestion, lintTexts } from '../lint/lint-texts.ts';
import { slotsOf } from './fill.ts';
import { occasionTable } from './occasions.ts';
import { wrongSlotOf } from './wrong-slot.ts';

export interface Wording {
  title: string;
  body: string;
  workaround: string;
}

export const wordingFields = ['title', 'body', 'workaround'] as const;
export type WordingField = (typeof wordingFields)[number];

export type WordingRefusal = Omit<FieldRefusal, 'path'> & { field: WordingField };

/**
 * What keeps a wording from ever being published, each with its field; `line` counts within the field, from 1. With
 * `lint` also words that are not for customers: in a template they would stop every update made from it.
 */
export function templateRefusals(
  occasion: Occasion,
  wording: Wording,
  lint: LintQuestion | null = null,
): WordingRefusal[] {
  if (occasionTable[occasion].isFirst && wording.title === '')
    return [{ field: 'title', key: 'title_missing' }];
  return wordingFields.flatMap((field): WordingRefusal[] => {
    const text = wording[field];
    const lineWith = (part: string): number =>
      Math.max(
        text.split('\n').findIndex((row) => row.includes(part)),
        0,
      ) + 1;
    const wrong = wrongSlotOf(text);
    if (wrong !== null)
      return [{ field, key: 'unknown_slot_at', params: { line: lineWith(wrong), text: wrong } }];
    const stranger = slotsOf(text).find((slot) => !occasionTable[occasion].slots.includes(slot));
    if (stranger) {
      const inText = text.includes(`{${stranger}}`) ? `{${stranger}}` : `{?${stranger}}`;
      const params = { line: lineWith(inText), text: inText };
      return [{ field, key: 'slot_not_offered', params }];
    }
    const leftover = findLeftover(text.replace(/\{[?/]?\w+\}/g, ''));
    if (leftover) return [{ field, key: 'leftover', params: { ...leftover } }];
    if (directionMarks.test(text)) return [{ field, key: 'direction_marks' }];
    const [blocked] = lint ? blockedIn(text, lint) : [];
    return blocked === undefined
      ? []
      : [{ field, key: 'not_for_customers', params: { line: lineWith(blocked), text: blocked } }];
  });
}

/** Slots hold other words each time; whoever fills them is told then. */
const blockedIn = (text: string, lint: LintQuestion): string[] =>
  lintTexts({ en: { body: text.replace(/\{[?/]?\w+\}/g, ' … ') } }, lint)
    .filter(({ isBlocking }) => isBlocking)
    .map(({ found }) => found);
