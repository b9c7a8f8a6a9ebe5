/** Corrects when an outage ended, on the page and in the words that say so. */
import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import { type Language, languages } from '../../../../db/words.ts';
import { duration, timeBoth, timeBothNear } from '../../../i18n/time.ts';
import { wordsIn } from '../../../i18n/words.ts';
import type { Context } from '../../core/context.ts';
import type { FieldRefusal } from '../../core/errors.ts';
import { pulledAfter } from '../../core/minute.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { isOut } from '../../core/visibility.ts';
import { escapeMarkdown } from '../../wording/templates/fill.ts';
import { deriveIncident } from '../derive-incident.ts';
import { isFinal } from '../phase.ts';
import { touchIncident } from '../touch-incident.ts';
import type { Update } from './timeline.ts';

interface Ended {
  id: string;
  categoryId: string;
  startedAt: Date;
  isRestricted: boolean;
  releasedAt: Date | null;
  publishedAt: Date | null;
  /** Newest first. */
  updates: readonly Update[];
}

/** The public update by whose time the page ends an outage, with its neighbours; null while it is open. */
export function endingOf<U extends Pick<Update, 'phase' | 'publishedAt' | 'displayAt'>>(
  { updates }: { updates: readonly U[] },
  now: Date,
) {
  const told = updates.filter((update) => isOut(update, now));
  const open = told.findIndex((update) => !isFinal(update.phase));
  const run = open < 0 ? told : told.slice(0, open);
  const update = run.at(-1);
  return update ? { update, before: open < 0 ? null : told[open], after: run.at(-2) ?? null } : null;
}

/** Why the page cannot end at `at`: what it says lies between. Null when it can. */
export function whyNotMovable(incident: Ended, at: Date, now: Date): FieldRefusal | null {
  const ending = endingOf(incident, now);
  if (!ending) return null;
  const earliest = ending.before?.displayAt ?? incident.startedAt;
  const end = pulledAfter(at, earliest);
  const isBetween = end > earliest && at <= now && (!ending.after || end < ending.after.displayAt);
  return isBetween ? null : { path: 'recovered', key: 'end_not_movable' };
}

/**
 * Dates the ending update anew and adds a revision of its words, in which the old end and duration give way to the new
 * ones where they stand as the product wrote them. Readers see that it was corrected, and what. `begun` is the start by
 * which the words count, where that is put right at the same time.
 */
export async function moveEnd(
  tx: Transaction,
  context: Context,
  incident: Ended,
  to: Date,
  begun = incident.startedAt,
): Promise<void> {
  const ending = endingOf(incident, context.now);
  if (!ending) return;
  const at = pulledAfter(to, ending.before?.displayAt ?? incident.startedAt);
  const { update } = ending;
  const { incidentUpdates } = tx.tables;
  const { time_zone: zone } = await readSettings(tx);
  await tx.db
    .update(incidentUpdates)
    .set({ displayAt: at, correctedAt: context.now })
    .where(eq(incidentUpdates.id, update.id));
  const around = [at, update.publishedAt];
  for (const language of languages) {
    const said = (end: Date): string[] => [
      timeBothNear(end, [end, update.publishedAt], zone, language),
      timeBoth(end, zone, language),
    ];
    await revise(tx, context, update, {
      language,
      swaps: [
        ...said(update.displayAt).map((old) => [old, timeBothNear(at, around, zone, language)] as const),
        [lasted(begun, update.displayAt, language), lasted(incident.startedAt, at, language)],
      ],
      note: wordsIn[language].milestones.endCorrected(
        timeBothNear(at, around, zone, language),
        timeBothNear(update.displayAt, around, zone, language),
      ),
    });
  }
  await deriveIncident(tx, incident.id, context.now);
  touchIncident(tx, incident, { now: context.now }, 'history');
}

/**
 * After the start of an outage that is over was put right from `begun`: the duration gives way to the new one in the words
 * that end it, where it stands as the product wrote it, and readers see why.
 */
export async function correctDuration(
  tx: Transaction,
  context: Context,
  incident: Ended,
  begun: Date,
): Promise<void> {
  const { startedAt } = incident;
  const update = endingOf(incident, context.now)?.update;
  if (!update || update.isImported || startedAt.getTime() === begun.getTime()) return;
  const { incidentUpdates } = tx.tables;
  const { time_zone: zone } = await readSettings(tx);
  const around = [update.displayAt, update.publishedAt];
  for (const language of languages) {
    const [old, now] = [begun, startedAt].map((from) => lasted(from, update.displayAt, language));
    if (!old || !now || old === now) continue;
    if (!standing(old).test(update.texts[language]?.body ?? '')) continue;
    await revise(tx, context, update, {
      language,
      swaps: [[old, now]],
      note: wordsIn[language].milestones.startCorrected(
        timeBothNear(startedAt, around, zone, language),
        timeBothNear(begun, around, zone, language),
      ),
    });
    await tx.db
      .update(incidentUpdates)
      .set({ correctedAt: context.now })
      .where(eq(incidentUpdates.id, update.id));
  }
}

const lasted = (from: Date, until: Date, language: Language): string =>
  duration(until.getTime() - from.getTime(), language);

/** `52 min` as the product wrote it, and not the end of `152 min`. */
const standing = (words: string): RegExp =>
  new RegExp(`(?<![\\d.,:])${RegExp.escape(escapeMarkdown(words, false))}`);

/** A text in which the first finding of each old wording gives way to the new one; pure. */
export const swapped = (text: string, swaps: readonly (readonly [string, string])[]): string =>
  swaps.reduce((words, [old, now]) => words.replace(standing(old), () => escapeMarkdown(now, false)), text);

/** A revision of an update's words in a language that it has, in which each first finding gives way to what is right. */
async function revise(
  tx: Transaction,
  context: Context,
  update: Update,
  {
    language,
    swaps,
    note,
  }: { language: Language; swaps: readonly (readonly [string, string])[]; note: string },
): Promise<void> {
  const { incidentUpdateTexts } = tx.tables;
  const text = update.texts[language];
  if (!text) return;
  const body = swapped(text.body, swaps);
  const [newest] = await tx.db
    .select()
    .from(incidentUpdateTexts)
    .where(
      and(
        eq(incidentUpdateTexts.updateId, update.id),
        eq(incidentUpdateTexts.language, language),
        eq(incidentUpdateTexts.revision, text.revision),
      ),
    );
  if (!newest) return;
  const path = `texts.${language}.body`;
  const [bodyHtml] = await context.renderTexts([{ source: body, format: newest.format, path }]);
  await tx.db.insert(incidentUpdateTexts).values({
    ...newest,
    revision: newest.revision + 1,
    body,
    bodyHtml: bodyHtml ?? '',
    note,
    createdBy: context.actor.userId,
    createdAt: context.now,
  });
}
