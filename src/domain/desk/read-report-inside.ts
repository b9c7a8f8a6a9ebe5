import type { Context } from '../core/context.ts';
import { filled } from '../core/localised.ts';
import { readTitled, titlesNow } from '../incidents/updates/read-titles.ts';
import {
  momentsOfContent,
  onPage,
  outageOf,
  type PublicCommitment,
  type PublicReport,
} from '../public/public-report.ts';
import type { ReportContent } from '../reports/digest.ts';
import { listMeetingsOf } from '../reports/meetings/read-meeting.ts';
import { readReport, type TeamReport } from '../reports/read-report.ts';
import { htmlOf } from '../reports/read-work.ts';

/** A report with all that its pages inside show: names, meetings, problems, moved deadlines. Fourteen queries. */
export async function readReportInside(context: Context, id: string) {
  const shown = await readReport(context, id);
  const meetings = await listMeetingsOf(context, shown.report.id);
  // What nobody has named yet is called as its incident is.
  const titled = await readTitled(context.store, [shown.incident.id]);
  return {
    ...shown,
    incidentTitle: titlesNow(titled, shown.incident, context.now),
    names: new Map(shown.people.map((person) => [person.id, person.name])),
    meetings,
    document: documentOf(shown),
  };
}

export type ReportInside = Awaited<ReturnType<typeof readReportInside>>;

/** The work as readers would see it if it were published now. */
function documentOf(shown: TeamReport): PublicReport {
  const { report, incident, category, content, published } = shown;
  return {
    id: report.id,
    slug: report.slug ?? '',
    number: report.number ?? '',
    version: published?.version ?? 0,
    incident: {
      id: incident.id,
      number: incident.number,
      category: { id: category.id, slug: category.slug, name: category.name },
    },
    content,
    html: htmlOf(shown),
    outage: outageOf(content),
    onPage: onPage(
      { startedAt: incident.startedAt, endedAt: incident.resolvedAt },
      momentsOfContent(content),
    ),
    startedAt: incident.startedAt,
    publishedAt: report.publishedAt ?? report.updatedAt,
    updatedAt: report.updatedAt,
    approvedAt: null,
    versions: shown.revisions.flatMap(({ version, publishedAt, change }) =>
      version === null || publishedAt === null ? [] : [{ version, publishedAt, change: filled(change) }],
    ),
    commitments: content.remediation.map((promised) => commitmentOf(promised, shown)),
  };
}

function commitmentOf(
  promised: ReportContent['remediation'][number],
  { items, moves }: TeamReport,
): PublicCommitment {
  const item = items.find(({ id }) => id === promised.id);
  return {
    id: promised.id,
    action: promised.action,
    owner: promised.owner,
    firstDueOn: promised.firstDueOn,
    dueOn: promised.dueOn,
    state: item?.state ?? 'open',
    settledAt: item?.settledAt ?? null,
    moves: moves
      .filter(({ itemId }) => itemId === promised.id)
      .map(({ fromOn, toOn, reason, movedAt }) => ({
        fromOn,
        toOn,
        reason: filled(reason),
        movedAt,
      })),
  };
}
