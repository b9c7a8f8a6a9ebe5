import { and, eq, sql } from 'drizzle-orm';
import { newId } from '../../../db/ids.ts';
import type { Localised } from '../../../db/localised.ts';
import { oneOf } from '../../../db/one-of.ts';
import type { Transaction } from '../../../db/store.ts';
import { type Language, languages, type ReportSection, reportSections } from '../../../db/words.ts';
import { actOn } from '../core/act.ts';
import { changedFields } from '../core/changed-fields.ts';
import type { Context } from '../core/context.ts';
import { invalid } from '../core/errors.ts';
import { retyped } from '../core/localised.ts';
import { refuseStale } from '../core/lock.ts';
import { rendererVersion } from '../core/renderer-version.ts';
import { requireReader } from '../incidents/restricted/require-reader.ts';
import { touchIncident } from '../incidents/touch-incident.ts';
import { type FoundReport, findReport, requireState, restrictedTo } from './find-report.ts';
import { isPromised } from './obligations/obligation.ts';
import { readWork, type Work } from './read-work.ts';
import { type SaveReportInput, saveReportInput } from './report-input.ts';
import { stateAfter } from './report-way.ts';

/**
 * Saves what somebody changed in a report, a section or everything; the next version of a published one begins so. Any
 * change voids a review and an approval. Returns the new version of the record. Refuses an older one with both texts.
 */
export const saveReport = actOn({
  permission: 'reports.write',
  input: saveReportInput,
  audits: ['report.saved', 'report.header-changed'],
  prepare: (context, _id, wanted) => tryReportTexts(context, wanted),
  async work({ tx, context, audit }, id, wanted): Promise<{ id: string; version: number }> {
    const work = await readWork(tx, await findReport(tx, context, id));
    const { report, incident } = work;
    const state = requireState(work);
    const { version, ...yours } = wanted;
    refuseStale(version, work.report, standing(work), yours);
    // What the world has read stays readable.
    if (report.publishedFor === 'public' && wanted.audience && wanted.audience !== 'public')
      throw invalid('audience', 'report_stays_public');
    const texts = await changedTexts(tx, context, work, wanted);
    const fields = await changedColumns(tx, work, wanted, context.now);
    const areEntriesChanged = await replaceEntries(tx, work, wanted);
    if (texts.length === 0 && Object.keys(fields).length === 0 && !areEntriesChanged)
      return { id: report.id, version: report.version };
    const next = { state: stateAfter(state, 'edit') ?? state, updatedAt: context.now };
    await tx.db
      .update(tx.tables.reports)
      .set({ ...fields, ...next, version: sql`${tx.tables.reports.version} + 1` })
      .where(eq(tx.tables.reports.id, report.id));
    const isWriting = texts.length > 0 || areEntriesChanged || writtenFields.some((field) => field in fields);
    await audit({
      // Who wrote is found by this word; naming an owner or an audience is not writing (`readWork`).
      action: isWriting ? 'report.saved' : 'report.header-changed',
      subjectType: 'report',
      subjectId: report.id,
      before: { state },
      after: { state: next.state, texts, fields, entries: areEntriesChanged ? wanted.entries : undefined },
      restrictedTo: restrictedTo(work),
    });
    // Whether a report is promised in public hangs on for whom it will be; what is written waits for its publication.
    if (isPromised(incident.priority, { ...report, ...fields }) !== isPromised(incident.priority, report))
      touchIncident(tx, incident, { now: context.now });
    return { id: report.id, version: report.version + 1 };
  },
});

const writtenFields = ['title', 'change'];

/** What stands, in the shape of what was wanted. */
const standing = ({ report, texts, entries }: Work) => ({
  title: report.title,
  sections: Object.fromEntries(
    reportSections.map((section) => [
      section,
      Object.fromEntries(
        texts
          .filter((text) => text.section === section)
          .map(({ language, text, internalText }) => [language, { text, internal: internalText }]),
      ),
    ]),
  ),
  entries: entries.map(({ at, text, isPublic }) => ({
    at: at.toISOString(),
    text: text,
    isPublic,
  })),
  owner: report.ownerId,
  author: report.authorId,
  authorReason: report.authorReason,
  ownerFunction: report.ownerFunction,
  authorFunction: report.authorFunction,
  audience: report.audience,
  isPreliminary: report.isPreliminary,
  analysisSource: report.analysisSource,
  change: report.change,
});

/** Writes the texts that differ; returns what changed, for the audit. */
async function changedTexts(tx: Transaction, context: Context, work: Work, wanted: SaveReportInput) {
  const changed: { section: ReportSection; language: Language; text: string; internalText: string }[] = [];
  for (const section of reportSections) {
    for (const language of languages) {
      const typed = wanted.sections?.[section]?.[language];
      if (!typed) continue;
      const present = work.texts.find((text) => text.section === section && text.language === language);
      const text = (typed.text ?? present?.text ?? '').trim();
      const internalText = (typed.internal ?? present?.internalText ?? '').trim();
      if (text === (present?.text ?? '') && internalText === (present?.internalText ?? '')) continue;
      changed.push({ section, language, text, internalText });
    }
  }
  const html = await context.renderTexts(
    changed.map(({ section, language, text }) => renderable(section, language, text)),
  );
  const { reportTexts: table } = tx.tables;
  for (const [at, text] of changed.entries()) {
    const row = {
      html: html[at] ?? '',
      htmlVersion: rendererVersion,
      updatedBy: context.actor.userId,
      updatedAt: context.now,
      ...text,
    };
    await tx.db
      .insert(table)
      .values({ reportId: work.report.id, ...row })
      .onConflictDoUpdate({ target: [table.reportId, table.section, table.language], set: row });
  }
  return changed;
}

const renderable = (section: ReportSection, language: Language, source: string) => ({
  source,
  format: 'markdown' as const,
  path: `sections.${section}.${language}.text`,
});

/** Renders what was typed before the transaction, as `tryTexts` does for updates. */
export async function tryReportTexts(
  context: Context,
  { sections }: Pick<SaveReportInput, 'sections'>,
): Promise<void> {
  await context.renderTexts(
    reportSections.flatMap((section) =>
      languages.flatMap((language) => {
        const text = sections?.[section]?.[language]?.text?.trim();
        return text ? [renderable(section, language, text)] : [];
      }),
    ),
  );
}

async function changedColumns(
  from: Parameters<typeof findReport>[0],
  { report, incident }: FoundReport,
  wanted: SaveReportInput,
  now: Date,
) {
  for (const field of ['owner', 'author'] as const) {
    const id = wanted[field];
    if (typeof id === 'string' && id !== report[`${field}Id`])
      await requireReader(from, [incident], { id, path: field, now });
  }
  const next = {
    title: retyped(wanted.title, report.title),
    change: retyped(wanted.change, report.change),
    ownerFunction: retyped(wanted.ownerFunction, report.ownerFunction),
    authorFunction: retyped(wanted.authorFunction, report.authorFunction),
    authorReason: wanted.authorReason,
    ownerId: wanted.owner,
    authorId: wanted.author,
    audience: wanted.audience,
    isPreliminary: wanted.isPreliminary,
    analysisSource: wanted.analysisSource,
  };
  const given = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
  return changedFields(report, { ...report, ...given })?.after ?? {};
}

/** The timeline as given replaces the one that stands, when it differs. */
async function replaceEntries(
  tx: Transaction,
  { report, entries }: Work,
  { entries: given }: SaveReportInput,
) {
  if (!given) return false;
  const { reportEntries } = tx.tables;
  const shape = (all: { at: Date; text: Localised; sourceId: string | null; isPublic: boolean }[]) =>
    JSON.stringify(
      all
        .map(({ at, text, sourceId, isPublic }) => [
          at.toISOString(),
          languages.map((language) => text[language]),
          sourceId,
          isPublic,
        ])
        .sort(),
    );
  const rows = given.map((entry) => ({
    at: new Date(entry.at),
    text: retyped(entry.text),
    sourceId: entry.source ?? null,
    // Everything is internal until somebody picks it.
    isPublic: entry.isPublic ?? false,
  }));
  if (shape(rows) === shape(entries)) return false;
  const old = entries.map(({ id }) => id);
  if (old.length > 0)
    await tx.db
      .delete(reportEntries)
      .where(and(eq(reportEntries.reportId, report.id), oneOf(reportEntries.id, old)));
  for (const row of rows)
    await tx.db.insert(reportEntries).values({ id: newId(), reportId: report.id, ...row });
  return true;
}
