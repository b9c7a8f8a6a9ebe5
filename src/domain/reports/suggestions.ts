/** What is known of an incident already, offered to who writes its report: nothing is typed twice, and nothing counts until it is taken. */

import { inEachLanguage } from '../../../db/localised.ts';
import type { Language, Milestone } from '../../../db/words.ts';
import { said } from '../core/localised.ts';
import { worksAgain } from '../incidents/phase.ts';
import type { Update } from '../incidents/updates/timeline.ts';
import { sentencesOf } from '../wording/lint/sentences.ts';
import { shorten } from './shorten.ts';

type Told = Pick<Update, 'id' | 'phase' | 'displayAt'> & {
  texts: Partial<Record<Language, { title: string; body: string }>>;
};

/**
 * When the milestones probably were, read from public updates of any order: the first update for the detection, the first
 * that named the cause, the one that said it works again, and the end. A later milestone is never before an earlier one.
 */
export function suggestMilestones(
  startedAt: Date,
  updates: readonly Told[],
): Partial<Record<Exclude<Milestone, 'started'>, Date>> {
  const told = updates.toSorted((a, b) => a.displayAt.getTime() - b.displayAt.getTime());
  const first = (phase: Told['phase']): Date | undefined =>
    told.find((update) => update.phase === phase)?.displayAt;
  const end = told.findLast((update) => update.phase === 'resolved')?.displayAt;
  const working = told.find((update) => worksAgain(update.phase))?.displayAt;
  const found: [Exclude<Milestone, 'started'>, Date | undefined][] = [
    ['detected', told[0]?.displayAt],
    ['diagnosed', first('identified')],
    ['recovered', working ?? end],
    ['verified', working ? end : undefined],
  ];
  let latest = startedAt;
  return Object.fromEntries(
    found.flatMap(([milestone, at]) => {
      if (!at || at < latest) return [];
      latest = at;
      return [[milestone, at]];
    }),
  );
}

export interface Candidate {
  /** Of the update or log entry. */
  source: string;
  at: Date;
  text: Record<Language, string>;
  /** What the world has read already; a note from the log was never meant for it. */
  isPublicUpdate: boolean;
}

/** Longest text of a timeline entry, in characters. */
const longest = 500;

/** What the timeline of a report can be picked from, oldest first; what stands in it already is left out. */
export function candidatesOf(
  updates: readonly Told[],
  log: readonly { id: string; at: Date; text: string }[],
  { used, writtenIn }: { used: ReadonlySet<string>; writtenIn: Language },
): Candidate[] {
  const own = updates.map(
    ({ id, displayAt, texts }): Candidate => ({
      source: id,
      at: displayAt,
      text: inEachLanguage((language) => gist(texts[language]?.body ?? '')),
      isPublicUpdate: true,
    }),
  );
  const noted = log.map(
    ({ id, at, text }): Candidate => ({
      source: id,
      at,
      text: inEachLanguage((language) => (language === writtenIn ? shortened(text) : '')),
      isPublicUpdate: false,
    }),
  );
  return [...own, ...noted]
    .filter(({ source, text }) => !used.has(source) && said(text))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.source < b.source ? -1 : 1));
}

/** The first two sentences of a message, without the marks of Markdown. */
const gist = (body: string): string =>
  shortened(
    sentencesOf(body.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*_`#>]|\\(?=[!-/:-@[-`{-~])/g, ''))
      .slice(0, 2)
      .join(' '),
  );

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${shorten(line, longest - 1)}…` : line;
}
