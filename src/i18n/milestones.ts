/** Words about the milestone "recovered" and the end that the status page shows. */
import type { Language } from '../../db/words.ts';

/** The public note of an ending update whose time was corrected. */
export const endCorrected: Record<Language, (now: string, before: string) => string> = {
  en: (now, before) => `The end is ${now}, not ${before}`,
  de: (now, before) => `Das Ende ist ${now}, nicht ${before}`,
};

/** The same where its start was, and with it how long it lasted. */
export const startCorrected: Record<Language, (now: string, before: string) => string> = {
  en: (now, before) => `The start is ${now}, not ${before}`,
  de: (now, before) => `Der Beginn ist ${now}, nicht ${before}`,
};

const en = {
  question: 'The status page shows another end. Which is right?',
  /** An option and what follows from it. */
  correct: (end: string) => `Recovery is right: correct the page, which says ${end}`,
  keep: (end: string) => `Both are right: the end we told is ${end}, and the report says why they differ`,
  /** On the report: what the status page counts. */
  pageSays: (lasted: string, end: string) =>
    `The status page says ${lasted}: it counts until ${end}, when we said that the disruption was over.`,
  /** On the status page: what the report counts. */
  reportSays: (lasted: string) =>
    `The report says ${lasted}: it counts until service had recovered, this page until we said that the disruption was over.`,
};

export type MilestoneWords = typeof en;

const de: MilestoneWords = {
  question: 'Die Statusseite nennt ein anderes Ende. Was stimmt?',
  correct: (end) => `Die Wiederherstellung stimmt: Die Seite berichtigen, die ${end} nennt`,
  keep: (end) => `Beides stimmt: Das gemeldete Ende ist ${end}, der Bericht sagt, warum beide abweichen`,
  pageSays: (lasted, end) =>
    `Auf der Statusseite stehen ${lasted}: Sie zählt bis zu der Meldung, dass die Störung vorbei ist (${end}).`,
  reportSays: (lasted) =>
    `Im Bericht stehen ${lasted}: Er zählt bis zur Wiederherstellung, diese Seite bis zu der Meldung, dass die Störung vorbei ist.`,
};

export const milestoneWords: Record<Language, MilestoneWords> = { en, de };
