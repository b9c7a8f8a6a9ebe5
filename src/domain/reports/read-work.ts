import { asc, desc, eq } from 'drizzle-orm';
import { inEachLanguage, type Localised } from '../../../db/localised.ts';
import type { Tables } from '../../../db/schema.ts';
import {
  type Audience,
  audiences,
  type Language,
  languages,
  milestones,
  type ReportSection,
  reportSections,
} from '../../../db/words.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import { filled } from '../core/localised.ts';
import { digestOfContent, type ReportContent } from './digest.ts';
import type { FoundReport, From } from './find-report.ts';
import { readWriters } from './read-writers.ts';

/** Everything that stands in the work on a report; five queries beside the report itself. */
export async function readWork(from: From, found: FoundReport) {
  const { reportTexts, reportEntries, supplierAnalyses } = from.tables;
  const { report, incident } = found;
  const texts = await from.read.select().from(reportTexts).where(eq(reportTexts.reportId, report.id));
  const entries = await from.read
    .select()
    .from(reportEntries)
    .where(eq(reportEntries.reportId, report.id))
    .orderBy(asc(reportEntries.at), asc(reportEntries.id));
  const plan = await readPlan(from, incident.id);
  const suppliers = await from.read
    .select()
    .from(supplierAnalyses)
    .where(eq(supplierAnalyses.reportId, report.id))
    .orderBy(asc(supplierAnalyses.requestedAt), asc(supplierAnalyses.id));
  const writers = (await readWriters(from, [report.id])).get(report.id) ?? [];
  return { ...found, texts, entries, ...plan, suppliers, writers };
}

/** The problems of an incident, what is to be done about them, in order, and the deadlines that moved, the newest first. One query. */
async function readPlan(from: From, incidentId: string) {
  const { problemIncidents, remediationItems, remediationMoves } = from.tables;
  const rows = await from.read
    .select({ problemId: problemIncidents.problemId, item: remediationItems, move: remediationMoves })
    .from(problemIncidents)
    .leftJoin(remediationItems, eq(remediationItems.problemId, problemIncidents.problemId))
    .leftJoin(remediationMoves, eq(remediationMoves.itemId, remediationItems.id))
    .where(eq(problemIncidents.incidentId, incidentId))
    .orderBy(
      asc(remediationItems.position),
      asc(remediationItems.id),
      desc(remediationMoves.movedAt),
      asc(remediationMoves.id),
    );
  const items = new Map(rows.flatMap(({ item }) => (item ? [[item.id, item] as const] : [])));
  return {
    problems: [...new Set(rows.map(({ problemId }) => problemId))].sort(),
    items: [...items.values()],
    moves: rows.flatMap(({ move }) => move ?? []),
  };
}

export type Work = Awaited<ReturnType<typeof readWork>>;

/** As it always stood in digests: the first two languages, and a later one where it is written, so that approvals stay. */
const inDigest = (text: Localised): string[] =>
  languages.filter((language, at) => at < 2 || text[language]).map((language) => text[language]);

/**
 * The wider of audience and classification. Approving writes it, so the digest that was approved names it before and after;
 * one that is lowered or raised beyond the audience is another content.
 */
export const publishedWith = (report: { audience: Audience; classification: Audience }): Audience =>
  audiences.indexOf(report.audience) > audiences.indexOf(report.classification)
    ? report.audience
    : report.classification;

/** What of the work is for readers: the content that is submitted, approved and published. */
export function contentOf({ report, incident, texts, entries, items, suppliers }: Work): ReportContent {
  const sections: ReportContent['texts'] = {};
  for (const section of reportSections) {
    const of = (language: Language): string =>
      texts.find((text) => text.section === section && text.language === language)?.text ?? '';
    const both = filled(inEachLanguage(of));
    if (Object.keys(both).length > 0) sections[section] = both;
  }
  const moments: ReportContent['milestones'] = {};
  for (const milestone of milestones) {
    const at = incident[`${milestone}At`];
    if (at) moments[milestone] = at.toISOString();
  }
  return {
    priority: incident.priority,
    title: filled(report.title),
    texts: sections,
    milestones: moments,
    entries: entries
      .filter((entry) => entry.isPublic)
      .map((entry) => ({ at: entry.at.toISOString(), text: filled(entry.text) })),
    header: {
      owner: filled(report.ownerFunction),
      author: filled(report.authorFunction),
      audience: report.audience,
      classification: publishedWith(report),
      isPreliminary: report.isPreliminary,
    },
    remediation: items
      .filter((item) => item.isPublic && item.state !== 'waived')
      .map((item) => ({
        id: item.id,
        action: filled(item.action),
        aim: item.aim,
        owner: filled(item.ownerFunction),
        firstDueOn: item.firstDueOn,
        dueOn: item.dueOn,
        isPublic: item.isPublic,
      })),
    suppliers: suppliers.map((supplier) => ({
      supplier: supplier.supplier,
      requestedAt: supplier.requestedAt.toISOString(),
      dueAt: supplier.dueAt?.toISOString() ?? null,
      receivedAt: supplier.receivedAt?.toISOString() ?? null,
      outstanding: supplier.outstanding,
    })),
    change: filled(report.change),
    planDigest: digestOfContent(
      canonicalJson(
        items.map((item) => [
          item.id,
          ...inDigest(item.action),
          item.aim,
          item.ownerId,
          item.dueOn,
          item.isPublic,
        ]),
      ),
    ),
  };
}

/** Who wrote it: the named author and everybody who ever changed its words; none of them approves it. */
export const authorsOf = ({ report, writers }: Pick<Work, 'report' | 'writers'>): Set<string> =>
  new Set(report.authorId === null ? writers : [report.authorId, ...writers]);

/** The revisions of a report with the newest submitted state, and the newest published one; null where there is none. One query. */
export async function readRevisions(from: From, reportId: string) {
  const { reportRevisions } = from.tables;
  const rows = await from.read
    .select()
    .from(reportRevisions)
    .where(eq(reportRevisions.reportId, reportId))
    .orderBy(desc(reportRevisions.sequence));
  return revisionsOf(rows);
}

/** The same of rows in hand, the newest first. Pure. */
export const revisionsOf = (rows: Tables['reportRevisions']['$inferSelect'][]) => ({
  all: rows,
  submitted: rows[0] ?? null,
  published: rows.find((row) => row.version !== null) ?? null,
});

export const sectionText = (
  { texts }: Pick<Work, 'texts'>,
  section: ReportSection,
  language: Language,
): string => texts.find((text) => text.section === section && text.language === language)?.text ?? '';

/** The sections for readers as they were rendered when written. */
export function htmlOf({ texts }: Pick<Work, 'texts'>) {
  const html: Partial<Record<ReportSection, Partial<Record<Language, string>>>> = {};
  for (const { section, language, text, html: rendered } of texts) {
    if (text.trim()) html[section] = { ...html[section], [language]: rendered };
  }
  return html;
}
