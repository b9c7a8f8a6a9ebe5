import { and, desc, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import { type Language, languages, type TextFormat } from '../../../../db/words.ts';
import { actOn } from '../../core/act.ts';
import type { Context } from '../../core/context.ts';
import { DomainError, type FieldRefusal, notFound, sameText } from '../../core/errors.ts';
import { findLeftover } from '../../core/leftover.ts';
import { refuseStale } from '../../core/lock.ts';
import { isExplanation } from '../../core/reason.ts';
import { rendererVersion } from '../../core/renderer-version.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { isOut, isUnreleased } from '../../core/visibility.ts';
import { findOffDuty } from '../../people/roster/off-duty.ts';
import { blockedFields, lintOverride } from '../../wording/lint/blocked-fields.ts';
import { lintQuestion } from '../../wording/lint/lint-question.ts';
import { type LintedTexts, lintTexts, withoutKnown } from '../../wording/lint/lint-texts.ts';
import { tryTexts } from '../../wording/try-texts.ts';
import { findIncident, latestTexts } from '../find-incident.ts';
import { correctUpdateInput, type TextInput } from '../incident-input.ts';
import { planEdges } from '../maintenance/plan-edges.ts';
import { refuseUnreleasedText } from '../restricted/released.ts';
import { touchIncident } from '../touch-incident.ts';
import { writeNotes } from './correction-note.ts';
import { leftAsItWas } from './other-language.ts';
import { findStandIn, recordStandIn } from './stand-in.ts';
import type { TextFields } from './write-texts.ts';

/**
 * Corrects the words of an update, or adds the missing translation: a new revision, never a changed row; readers see
 * that and when it was corrected. Makes no new feed entry. Of two languages both are corrected, or whoever
 * corrects one says that the other is still right.
 */
export const correctUpdate = actOn({
  permission: 'incidents.correct-update',
  input: correctUpdateInput,
  audits: ['update.corrected', 'update.translated'],
  prepare: (context, _id, wanted) => tryTexts(context, wanted.texts),
  async work({ tx, context, audit }, updateId, wanted): Promise<{ id: string; updateId: string }> {
    const { incidentUpdates, incidents } = tx.tables;
    const [row] = await tx.db.select().from(incidentUpdates).where(eq(incidentUpdates.id, updateId));
    if (!row) throw notFound();
    const incident = await findIncident(tx, context, row.incidentId);
    refuseStale(wanted.version, incident, latestTexts(incident), wanted.texts);
    const all = [...incident.updates, ...incident.planned];
    const update = all.find((candidate) => candidate.id === updateId);
    if (!update) throw notFound();
    // Its first wording would become public as an earlier one.
    if (!isOut(update, context.now)) throw new DomainError('conflict', 'held');
    refuseUnreleasedText(context, incident);
    const isHidden = isUnreleased(incident, context.now);
    const standIn = isHidden ? null : findStandIn(context, wanted);
    if (standIn?.refusal) throw new DomainError('invalid', 'input', { fields: [standIn.refusal] });
    const offDuty = isHidden ? null : await findOffDuty(tx, context, standIn?.reason ?? wanted.offDutyReason);
    if (offDuty?.refusal) throw new DomainError('invalid', 'input', { fields: [offDuty.refusal] });

    const notes = await writeNotes(tx, context, incident.categoryId, wanted);
    let isCorrection = false;
    const before: Partial<Record<Language, TextFields>> = {};
    const after: Partial<Record<Language, TextFields>> = {};
    for (const language of languages) {
      const typed = wanted.texts[language];
      if (!typed) continue;
      const present = update.texts[language];
      const text = merge(present, typed);
      const isEnd = update.phase === 'resolved' && !update.isImported;
      const refusals = textRefusals(text, language, isEnd);
      if (refusals.length > 0) throw new DomainError('invalid', 'input', { fields: refusals });
      if (present && isSame(present, text)) continue;
      // The wording of now would become public with the release, as an earlier one.
      if (present && isHidden) throw new DomainError('conflict', 'unreleased');
      await insertRevision(
        tx,
        context,
        {
          updateId,
          language,
          revision: (present?.revision ?? 0) + 1,
          ...text,
          // An imported body that stays keeps its markup.
          format: present?.body.trim() === text.body ? await formatOf(tx, updateId, language) : 'markdown',
          note: notes[language] ?? '',
        },
        incident.importedFrom ?? undefined,
      );
      isCorrection ||= present !== undefined;
      before[language] = present && pick(present);
      after[language] = text;
    }
    const question = lintQuestion(await readSettings(tx), update.phase, incident.labels);
    const findings = withoutKnown(lintTexts(withNotes(after, notes), question), before);
    const refusals = blockedFields(findings, wanted.lintReason);
    const left = leftAsItWas(update.texts, after, context.offered);
    if (left !== null && !wanted.isOtherRight) refusals.push({ path: 'isOtherRight', key: 'other_language' });
    if (refusals.length > 0) throw new DomainError('invalid', 'input', { fields: refusals });
    if (Object.keys(after).length === 0) throw sameText();

    const changed = { updatedAt: context.now, version: sql`${incidents.version} + 1` };
    await tx.db.update(incidents).set(changed).where(eq(incidents.id, incident.id));
    if (isCorrection) {
      await tx.db
        .update(incidentUpdates)
        // Other words than the template's, which nobody has read yet.
        .set({ correctedAt: context.now, isFreeText: true, reviewedAt: null, reviewedBy: null })
        .where(eq(incidentUpdates.id, updateId));
    }
    const told = { incidentId: incident.id, updateId, act: 'correction' } as const;
    await recordStandIn(tx, context, told, standIn?.reason);
    await audit({
      action: isCorrection ? 'update.corrected' : 'update.translated',
      subjectType: 'incident',
      subjectId: incident.id,
      before,
      after: {
        update: updateId,
        texts: after,
        note: notes,
        stillRight: left ?? undefined,
        lintOverride: lintOverride(findings, wanted.lintReason),
        standInReason: standIn?.reason,
        offDutyReason: offDuty?.reason,
      },
      restrictedTo: incident.isRestricted ? incident.id : null,
    });
    // What starts and completes itself says the words of now, in every language that is there by now.
    await planEdges(tx, context, incident.id);
    touchIncident(tx, incident, { now: context.now });
    return { id: incident.id, updateId };
  },
});

/** The note is public as well, and stands before the text. */
const withNotes = (
  texts: Partial<Record<Language, TextFields>>,
  note: Partial<Record<Language, string>> | undefined,
): LintedTexts =>
  Object.fromEntries(
    languages.map((language) => {
      const text = texts[language];
      return [language, { ...text, body: [note?.[language], text?.body].filter(Boolean).join('\n\n') }];
    }),
  );

const fields = ['title', 'body', 'effect', 'workaround', 'notAffected'] as const;
const pick = (text: TextFields): TextFields => {
  const { title, body, effect, workaround, notAffected } = text;
  return { title, body, effect, workaround, notAffected };
};
const isSame = (a: TextFields, b: TextFields): boolean => fields.every((field) => a[field] === b[field]);

function merge(present: TextFields | undefined, typed: TextInput): TextFields {
  const value = (field: (typeof fields)[number]): string => (typed[field] ?? present?.[field] ?? '').trim();
  return {
    title: value('title'),
    body: value('body'),
    effect: value('effect'),
    workaround: value('workaround'),
    notAffected: value('notAffected'),
  };
}

function textRefusals(text: TextFields, language: string, isEnd: boolean): FieldRefusal[] {
  const refusals: FieldRefusal[] = [];
  if (text.title === '') refusals.push({ path: `texts.${language}.title`, key: 'title_missing' });
  if (text.body === '') refusals.push({ path: `texts.${language}.body`, key: 'body_missing' });
  else if (isEnd && !isExplanation(text.body))
    refusals.push({ path: `texts.${language}.body`, key: 'explanation_short' });
  for (const field of fields) {
    const leftover = findLeftover(text[field]);
    if (leftover)
      refusals.push({ path: `texts.${language}.${field}`, key: 'leftover', params: { ...leftover } });
  }
  return refusals;
}

async function formatOf(tx: Transaction, updateId: string, language: Language): Promise<TextFormat> {
  const { incidentUpdateTexts: texts } = tx.tables;
  const [newest] = await tx.db
    .select({ format: texts.format })
    .from(texts)
    .where(and(eq(texts.updateId, updateId), eq(texts.language, language)))
    .orderBy(desc(texts.revision))
    .limit(1);
  return newest?.format ?? 'markdown';
}

async function insertRevision(
  tx: Transaction,
  context: Context,
  row: TextFields & {
    updateId: string;
    language: Language;
    revision: number;
    format: TextFormat;
    note: string;
  },
  from: string | undefined,
): Promise<void> {
  const [bodyHtml] = await context.renderTexts([
    { source: row.body, format: row.format, base: from, path: `texts.${row.language}.body` },
  ]);
  await tx.db.insert(tx.tables.incidentUpdateTexts).values({
    ...row,
    bodyHtml: bodyHtml ?? '',
    htmlVersion: rendererVersion,
    createdBy: context.actor.userId,
    createdAt: context.now,
  });
}
