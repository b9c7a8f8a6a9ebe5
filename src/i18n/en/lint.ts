/** Words of the composer's lint; each rule explains itself in `content/lint.json`. */
import { counted } from '../counted.ts';

export const lint = {
  found: (blocking: number, hints: number) =>
    [blocking > 0 && `${blocking} not meant for customers`, hints > 0 && counted(hints, 'hint', 'hints')]
      .filter(Boolean)
      .join(', '),
  blocking: 'Not meant for customers',
  hints: 'Worth another look',
  reason: 'Publish it all the same, because',
  reasonHint: 'The reason stands in the audit.',
};
