import { asc, desc, eq } from 'drizzle-orm';
import type { Localised } from '../../../db/localised.ts';
import { oneOf } from '../../../db/one-of.ts';
import type { Context } from '../core/context.ts';
import { filled } from '../core/localised.ts';
import { readTeamIncidents } from '../incidents/team-incident.ts';
import {
  momentsOfContent,
  onPage,
  outageOf,
  type PublicCommitment,
  type PublicReport,
} from '../public/public-report.ts';
import type { ReportContent } from '../reports/digest.ts';
import { readReport, type TeamReport } from '../reports/read-report.ts';
import { htmlOf } from '../reports/read-work.ts';

/** A report with all that its pages inside show: names, meetings, problems, moved deadlines. A fixed number of queries. */
export async function readReportInside(context: Context, id: string) {
  const shown = await readReport(context, id);
  const { tables, read } = context.store;
  const { postmortemMeetings, problemIncidents, remediationMoves } = tables;
  const meetings = await read
    .select()
    .from(postmortemMeetings)
    .where(eq(postmortemMeetings.reportId, shown.report.id))
    .orderBy(desc(postmortemMeetings.reportVersion));
  const problems = await read
    .select({ id: problemIncidents.problemId })
    .from(problemIncidents)
    .where(eq(problemIncidents.incidentId, shown.incident.id))
    .orderBy(asc(problemIncidents.problemId));
  const items = shown.items.map((item) => item.id);
  const moves = await read
    .select()
    .from(remediationMoves)
    .where(oneOf(remediationMoves.itemId, items.length > 0 ? items : ['']))
    .orderBy(desc(remediationMoves.movedAt), asc(remediationMoves.id));
  // What nobody has named yet is called as its incident is.
  const [told] = await readTeamIncidents(context, eq(tables.incidents.id, shown.incident.id), 1);
  const names = new Map(shown.people.map((person) => [person.id, person.name]));
  return {
    ...shown,
    incidentTitle: told?.titles ?? {},
    names,
    meetings,
    problems: problems.map((problem) => problem.id),
    document: documentOf(shown, moves),
  };
}

export type ReportInside = Awaited<ReturnType<typeof readReportInside>>;

/** The work as readers would see it if it were published now. */
function documentOf(
  shown: TeamReport,
  moves: {
    itemId: string;
    fromOn: string;
    toOn: string;
    reason: Localised;
    movedAt: Date;
  }[],
): PublicReport {
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
    commitments: content.remediation.map((promised) => commitmentOf(promised, shown, moves)),
  };
}

function commitmentOf(
  promised: ReportContent['remediation'][number],
  { items }: TeamReport,
  moves: Parameters<typeof documentOf>[1],
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
