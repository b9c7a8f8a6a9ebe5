import { and, eq, lt } from 'drizzle-orm';
import type { Language, ReportSection } from '../../../../db/words.ts';
import type { Context, TextToRender } from '../../core/context.ts';
import { isDomainError } from '../../core/errors.ts';
import { rendererVersion } from '../../core/renderer-version.ts';
import { isOut, isUnreleased } from '../../core/visibility.ts';
import type { ReportContent } from '../../reports/digest.ts';

/** So many rows in one transaction, and so many transactions in one run; the next run goes on. */
const batchSize = 50;
const mostBatches = 40;

/**
 * Brings stored HTML that an older renderer made to what this one makes. It is derived: sources, digests,
 * approvals and feed ids stay, and nothing is audited. A text that cannot be rendered any more keeps what it has. Public
 * pages are made anew where they changed. Run by the timetable; bears being repeated and running beside people's writes.
 */
export async function renderAnew(context: Context): Promise<void> {
  for (const batch of [renderUpdateTexts, renderReportTexts, renderRevisions]) {
    for (let at = 0; at < mostBatches; at += 1) if ((await batch(context)) === 0) break;
  }
}

/** A batch of the texts of updates; how many there were. */
async function renderUpdateTexts(context: Context): Promise<number> {
  const { incidents, incidentUpdates, incidentUpdateTexts: texts } = context.store.tables;
  const rows = await context.store.read
    .select({ text: texts, publishedAt: incidentUpdates.publishedAt, incident: incidents })
    .from(texts)
    .innerJoin(incidentUpdates, eq(texts.updateId, incidentUpdates.id))
    .innerJoin(incidents, eq(incidentUpdates.incidentId, incidents.id))
    .where(lt(texts.htmlVersion, rendererVersion))
    .limit(batchSize);
  const done: { row: (typeof rows)[number]; html: string }[] = [];
  for (const row of rows) {
    const { body, format, bodyHtml } = row.text;
    const base = format === 'html' ? (row.incident.importedFrom ?? undefined) : undefined;
    done.push({ row, html: await rendered(context, { source: body, format, base }, bodyHtml) });
  }
  if (done.length === 0) return 0;
  await context.store.transaction(async (tx) => {
    for (const { row, html } of done) {
      const { updateId, language, revision, bodyHtml } = row.text;
      await tx.db
        .update(texts)
        .set({ bodyHtml: html, htmlVersion: rendererVersion })
        .where(and(eq(texts.updateId, updateId), eq(texts.language, language), eq(texts.revision, revision)));
      const isPublic = isOut(row, context.now) && !isUnreleased(row.incident, context.now);
      if (isPublic && html !== bodyHtml) tx.touch('all');
    }
  });
  return done.length;
}

/** A batch of the texts that a next version of a report is made of; only the desk shows them. */
async function renderReportTexts(context: Context): Promise<number> {
  const { reportTexts: table } = context.store.tables;
  const rows = await context.store.read
    .select()
    .from(table)
    .where(lt(table.htmlVersion, rendererVersion))
    .limit(batchSize);
  const done: { row: (typeof rows)[number]; html: string }[] = [];
  for (const row of rows) {
    const html = row.text.trim() === '' ? '' : await rendered(context, markdown(row.text), row.html);
    done.push({ row, html });
  }
  if (done.length === 0) return 0;
  await context.store.transaction(async (tx) => {
    for (const { row, html } of done) {
      const { reportId, section, language, text } = row;
      const isSame = and(
        eq(table.reportId, reportId),
        eq(table.section, section),
        eq(table.language, language),
        // Somebody may have written meanwhile.
        eq(table.text, text),
      );
      await tx.db.update(table).set({ html, htmlVersion: rendererVersion }).where(isSame);
    }
  });
  return done.length;
}

/** A batch of submitted and published states of reports, rendered from the content that their digest is over. */
async function renderRevisions(context: Context): Promise<number> {
  const { reportRevisions: table } = context.store.tables;
  const rows = await context.store.read
    .select({ id: table.id, version: table.version, content: table.content, html: table.html })
    .from(table)
    .where(lt(table.htmlVersion, rendererVersion))
    .limit(batchSize / 5);
  const done: { row: (typeof rows)[number]; html: (typeof rows)[number]['html'] }[] = [];
  for (const row of rows) {
    const { texts }: ReportContent = JSON.parse(row.content);
    const html: (typeof rows)[number]['html'] = {};
    for (const [section, both] of Object.entries(texts) as [
      ReportSection,
      Partial<Record<Language, string>>,
    ][])
      for (const [language, text] of Object.entries(both) as [Language, string][])
        html[section] = {
          ...html[section],
          [language]: await rendered(context, markdown(text), row.html[section]?.[language] ?? ''),
        };
    done.push({ row, html });
  }
  if (done.length === 0) return 0;
  await context.store.transaction(async (tx) => {
    for (const { row, html } of done) {
      await tx.db.update(table).set({ html, htmlVersion: rendererVersion }).where(eq(table.id, row.id));
      if (row.version !== null && JSON.stringify(html) !== JSON.stringify(row.html)) tx.touch('all');
    }
  });
  return done.length;
}

const markdown = (source: string): TextToRender => ({ source, format: 'markdown' });

async function rendered(context: Context, text: TextToRender, before: string): Promise<string> {
  try {
    return (await context.renderTexts([text]))[0] ?? before;
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'invalid') throw error;
    return before;
  }
}
