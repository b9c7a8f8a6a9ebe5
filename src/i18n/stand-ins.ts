/** Words for who tells customers something in the place of CSUP, by hand in both languages. */
import type { Language, StandInAct } from '../../db/words.ts';

interface StandInWords {
  reason: string;
  reasonHint: string;
  title: string;
  hint: string;
  act: Record<StandInAct, string>;
}

export const standInWords: Record<Language, StandInWords> = {
  en: {
    reason: 'Why you tell customers, and not CSUP',
    reasonHint: 'CSUP reads your reason on its desk; customers do not.',
    title: 'Told without CSUP',
    hint: 'In the last seven days: who told customers something in your place, and why.',
    act: { update: 'Update', correction: 'Correction', release: 'Release' },
  },
  de: {
    reason: 'Warum Sie die Kunden informieren und nicht CSUP',
    reasonHint: 'CSUP liest Ihren Grund an seinem Arbeitsplatz, Kunden nicht.',
    title: 'Ohne CSUP mitgeteilt',
    hint: 'In den letzten sieben Tagen: wer den Kunden an Ihrer Stelle etwas mitgeteilt hat und warum.',
    act: { update: 'Meldung', correction: 'Korrektur', release: 'Freigabe' },
  },
};
