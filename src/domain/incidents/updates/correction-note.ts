import type { z } from 'zod';
import type { Transaction } from '../../../../db/store.ts';
import { type Language, languages } from '../../../../db/words.ts';
import type { Context } from '../../core/context.ts';
import { DomainError, type FieldRefusal } from '../../core/errors.ts';
import { findLeftover } from '../../core/leftover.ts';
import { fill } from '../../wording/templates/fill.ts';
import { findTemplates } from '../../wording/templates/find-template.ts';
import type { correctUpdateInput } from '../incident-input.ts';

type Wanted = Pick<z.infer<typeof correctUpdateInput>, 'note' | 'slots'>;

/** Longest note for readers. */
const noteLimit = 500;

/**
 * What a correction says of itself, per language: the note as typed, else the template of corrections with both of its
 * slots filled. Refuses a language in which only one slot is filled.
 */
export async function writeNotes(
  tx: Transaction,
  context: Context,
  categoryId: string,
  wanted: Wanted,
): Promise<Partial<Record<Language, string>>> {
  const notes: Partial<Record<Language, string>> = {};
  const refusals: FieldRefusal[] = [];
  const { wrong, right } = wanted.slots ?? {};
  const question = {
    categoryId,
    occasion: 'correction' as const,
    now: context.now,
    // Also where the page does not offer it any more: its update can be corrected.
    offered: languages,
  };
  const templates = wrong || right ? await findTemplates(tx, question) : {};
  for (const language of languages) {
    const typed = wanted.note?.[language]?.trim();
    const values = { wrong: statement(wrong?.[language]), right: statement(right?.[language]) };
    const template = templates[language];
    if (typed) notes[language] = typed;
    else if (template && (values.wrong || values.right)) {
      const { text, missing } = fill(template.body, values);
      for (const slot of missing) refusals.push({ path: `slots.${slot}.${language}`, key: 'required' });
      const note = text.replace(/\s+/g, ' ');
      const params = { max: noteLimit };
      if (note.length > noteLimit)
        refusals.push({ path: `slots.right.${language}`, key: 'too_long', params });
      notes[language] = note;
    }
  }
  for (const language of refusals.length > 0 ? [] : languages) {
    const leftover = findLeftover(notes[language] ?? '');
    if (leftover) refusals.push({ path: `note.${language}`, key: 'leftover', params: { ...leftover } });
  }
  if (refusals.length > 0) throw new DomainError('invalid', 'input', { fields: refusals });
  return notes;
}

/** A statement within the template's sentence, which has its own full stop. */
const statement = (text: string | undefined): string => (text ?? '').trim().replace(/\.$/, '');
