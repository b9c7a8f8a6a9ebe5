import type { standIns as en } from '../en/stand-ins.ts';

export const standIns: typeof en = {
  reason: 'Warum Sie die Kunden informieren und nicht CSUP',
  reasonHint: 'CSUP liest Ihren Grund an seinem Arbeitsplatz, Kunden nicht.',
  title: 'Ohne CSUP mitgeteilt',
  hint: 'In den letzten sieben Tagen: wer den Kunden an Ihrer Stelle etwas mitgeteilt hat und warum.',
  act: { update: 'Meldung', correction: 'Korrektur', release: 'Freigabe' },
};
