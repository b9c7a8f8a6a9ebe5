import { inArray } from 'drizzle-orm';
import type { Language } from '../../../db/words.ts';
import type { Context } from '../core/context.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import type { Settings } from '../core/settings/settings.ts';
import { nextChange } from './next-change.ts';
import { type PublicReport, readPublicReports } from './public-report.ts';
import { newestVersions } from './read-publications.ts';

/** Entries of the feed, and of how many versions the reports are that they are taken from. */
const entryCount = 50;

/** Something that happened to a report in public: a version, or a promised action that was finished, waived or moved. */
export interface ReportEvent {
  kind: 'published' | 'version' | 'done' | 'waived' | 'moved';
  /** Permanent, whatever the words become. */
  id: string;
  at: Date;
  report: PublicReport;
  version: number;
  /** Of a promised action. */
  action: Partial<Record<Language, string>> | null;
  /** What a version changed, or why a deadline moved. */
  reason: Partial<Record<Language, string>>;
}

export interface ReportFeed {
  settings: Settings;
  /** Newest first. */
  events: ReportEvent[];
  updatedAt: Date | null;
  validUntil: Date;
}

/** The newest events of public reports. A fixed number of queries. */
export async function readReportFeed(context: Context): Promise<ReportFeed> {
  const settings = await readSettings(context.store);
  const { reports, reportRevisions } = context.store.tables;
  // By the start of their incidents, what came out late would never be news.
  const newest = newestVersions(context, reportRevisions.reportId, { limit: entryCount });
  const found = await readPublicReports(context, inArray(reports.id, newest));
  const events = found
    .flatMap(eventsOf)
    .filter(({ at }) => at <= context.now)
    .sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1))
    .slice(0, entryCount);
  return {
    settings,
    events,
    updatedAt: events[0]?.at ?? null,
    validUntil: await nextChange(context, settings.time_zone),
  };
}

function eventsOf(report: PublicReport): ReportEvent[] {
  const versions = report.versions.map(
    ({ version, publishedAt, change }, at): ReportEvent => ({
      kind: at === report.versions.length - 1 ? 'published' : 'version',
      id: `report:${report.id}:${version}`,
      at: publishedAt,
      report,
      version,
      action: null,
      reason: change,
    }),
  );
  const progress = report.commitments.flatMap((commitment): ReportEvent[] => {
    const common = { report, version: report.version, action: commitment.action };
    const moves = commitment.moves.map(
      (move): ReportEvent => ({
        kind: 'moved',
        id: `commitment:${commitment.id}:moved:${move.movedAt.getTime()}`,
        at: move.movedAt,
        reason: move.reason,
        ...common,
      }),
    );
    if (!commitment.settledAt) return moves;
    const kind = commitment.state === 'done' ? ('done' as const) : ('waived' as const);
    const id = `commitment:${commitment.id}:${kind}:${commitment.settledAt.getTime()}`;
    return [...moves, { kind, id, at: commitment.settledAt, reason: {}, ...common }];
  });
  // What moved before the report was published is no news to its readers.
  return [...versions, ...progress.filter(({ at }) => at >= report.publishedAt)];
}
