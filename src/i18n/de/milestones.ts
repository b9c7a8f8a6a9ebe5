import type { milestones as en } from '../en/milestones.ts';

export const milestones: typeof en = {
  question: 'Die Statusseite nennt ein anderes Ende. Was stimmt?',
  correct: (end) => `Die Wiederherstellung stimmt: Die Seite berichtigen, die ${end} nennt`,
  keep: (end) => `Beides stimmt: Das gemeldete Ende ist ${end}, der Bericht sagt, warum beide abweichen`,
  pageSays: (lasted, end) =>
    `Auf der Statusseite stehen ${lasted}: Sie zählt bis zu der Meldung, dass die Störung vorbei ist (${end}).`,
  reportSays: (lasted) =>
    `Im Bericht stehen ${lasted}: Er zählt bis zur Wiederherstellung, diese Seite bis zu der Meldung, dass die Störung vorbei ist.`,
  endCorrected: (now, before) => `Das Ende ist ${now}, nicht ${before}`,
  startCorrected: (now, before) => `Der Beginn ist ${now}, nicht ${before}`,
};
