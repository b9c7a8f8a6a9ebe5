/** Words for who tells customers something in the place of CSUP. */
import type { StandInAct } from '../../../db/words.ts';

interface StandInWords {
  reason: string;
  reasonHint: string;
  title: string;
  hint: string;
  act: Record<StandInAct, string>;
}

export const standIns: StandInWords = {
  reason: 'Why you tell customers, and not CSUP',
  reasonHint: 'CSUP reads your reason on its desk; customers do not.',
  title: 'Told without CSUP',
  hint: 'In the last seven days: who told customers something in your place, and why.',
  act: { update: 'Update', correction: 'Correction', release: 'Release' },
};
