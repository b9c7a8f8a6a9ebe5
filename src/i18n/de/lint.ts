import { counted } from '../counted.ts';
import type { lint as en } from '../en/lint.ts';

export const lint: typeof en = {
  found: (blocking, hints) =>
    [blocking > 0 && `${blocking} nicht für Kunden`, hints > 0 && counted(hints, 'Hinweis', 'Hinweise')]
      .filter(Boolean)
      .join(', '),
  blocking: 'Nicht für Kunden bestimmt',
  hints: 'Einen zweiten Blick wert',
  reason: 'Trotzdem veröffentlichen, weil',
  reasonHint: 'Der Grund steht im Protokoll.',
};
