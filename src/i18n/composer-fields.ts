import { isLanguage, type Language } from '../../db/words.ts';
import { isSlot, type Slot } from '../domain/wording/templates/slots.ts';
import { wordsIn } from './words.ts';

/** What the composer's form calls a slot or field of this path; empty where the refusal says it alone. */
export function fieldName(path: string, language: Language, isMaintenance: boolean): string {
  const words = wordsIn[language].composer;
  const slots: Partial<Record<Slot, string>> = words.slots;
  const [first = '', second = '', third = ''] = path.split('.');
  if (first === 'slots' && second === 'effect' && isMaintenance) return words.effectOfMaintenance;
  if (first === 'slots' && isSlot(second)) return slots[second] ?? second;
  if (first === 'texts' && isLanguage(second))
    return [wordsIn[second].terms.ownName, third === 'body' ? words.text : words.title].join(', ');
  return first === 'nextUpdateBy' ? words.nextUpdateBy : '';
}

/** The id of what the form asks for it: a slot as a whole, whichever of its fields it is about. */
export const fieldId = (path: string): string =>
  `f-${(path.startsWith('slots.') ? path.split('.').slice(0, 2).join('.') : path).replaceAll('.', '-')}`;
