/** Words about the milestone "recovered" and the end that the status page shows. */

export const milestones = {
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
  /** The public note of an ending update whose time was corrected. */
  endCorrected: (now: string, before: string) => `The end is ${now}, not ${before}`,
  /** The same where its start was, and with it how long it lasted. */
  startCorrected: (now: string, before: string) => `The start is ${now}, not ${before}`,
};
