import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { readPeopleAround } from '../../core/visibility.ts';
import { areNotEnded } from '../obligations/obligation.ts';
import { standingToday } from './close-problem.ts';
import { type FoundProblem, findProblem, visibleProblems } from './find-problem.ts';
import { isSeries, type Occurrence, repeatsOf } from './repeats.ts';

/**
 * One problem with its incidents, plan, moved deadlines, reports and meetings owed, how it stands, what keeps it open, what
 * it repeats, and who may be named in it. Eight queries.
 */
export async function readProblem(context: Context, id: string) {
  authorize(context, 'problems.read');
  const settings = await readSettings(context.store);
  const found = await findProblem(context.store, context, id);
  const { tables, read } = context.store;
  const { remediationMoves } = tables;
  const itemIds = found.items.map((item) => item.id);
  const moves = await read
    .select()
    .from(remediationMoves)
    .where(oneOf(remediationMoves.itemId, itemIds.length > 0 ? itemIds : ['']))
    .orderBy(asc(remediationMoves.movedAt), asc(remediationMoves.id));
  const { reports, meetingsOwed } = await readReportsOf(context, found);
  const [first] = found.incidents.toSorted((a, b) => Number(b.isRestricted) - Number(a.isRestricted));
  const around = first ?? { id: '', categoryId: '', isRestricted: false, releasedAt: null };
  const people = await readPeopleAround(context.store, around, context.now);
  const { occurrences, latest } = await readOccurrences(context, found.problem.categoryId, id);
  return {
    ...found,
    settings,
    moves,
    reports,
    meetingsOwed,
    // Names also of who is disabled: what they did keeps their name.
    names: new Map(people.map((person) => [person.id, person.name])),
    people: first ? people.filter(({ maySee }) => maySee) : [],
    ...standingToday(context.now, found, meetingsOwed.length, settings),
    repeats: latest ? repeatsOf(latest, occurrences) : [],
    isSeries: latest ? isSeries(latest, occurrences) : false,
  };
}

/** The reports of a problem's incidents that did not end, the oldest first, and the meetings that were not held, the first due first. One query. */
async function readReportsOf(context: Context, found: FoundProblem) {
  const { tables, read } = context.store;
  const { reports, postmortemMeetings } = tables;
  const ids = found.incidents.map((incident) => incident.id);
  const rows = await read
    .select({
      report: {
        id: reports.id,
        incidentId: reports.incidentId,
        state: reports.state,
        number: reports.number,
        createdAt: reports.createdAt,
      },
      isNotEnded: sql`case when ${areNotEnded(tables)} then 1 else 0 end`.mapWith(Boolean),
      meeting: { id: postmortemMeetings.id, dueAt: postmortemMeetings.dueAt },
    })
    .from(reports)
    .leftJoin(
      postmortemMeetings,
      and(eq(postmortemMeetings.reportId, reports.id), isNull(postmortemMeetings.heldAt)),
    )
    .where(oneOf(reports.incidentId, ids))
    .orderBy(asc(postmortemMeetings.dueAt), asc(postmortemMeetings.id));
  const open = new Map(rows.flatMap(({ report, isNotEnded }) => (isNotEnded ? [[report.id, report]] : [])));
  return {
    reports: [...open.values()].sort(
      (a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1),
    ),
    meetingsOwed: rows.flatMap(({ meeting }) => meeting ?? []),
  };
}

export type ProblemPage = Awaited<ReturnType<typeof readProblem>>;

interface NamedOccurrence extends Occurrence {
  title: string;
}

/** Problems of a category as occurrences of their causes, each at the start of its newest incident. */
async function readOccurrences(context: Context, categoryId: string, id: string) {
  const { tables, read } = context.store;
  const { problems, problemIncidents, incidents } = tables;
  const rows = await read
    .select({ problem: problems, startedAt: incidents.startedAt })
    .from(problems)
    .innerJoin(problemIncidents, eq(problemIncidents.problemId, problems.id))
    .innerJoin(incidents, eq(problemIncidents.incidentId, incidents.id))
    .where(and(eq(problems.categoryId, categoryId), visibleProblems(context.store, context)))
    .orderBy(desc(incidents.startedAt));
  const occurrences = [...new Map(rows.toReversed().map((row) => [row.problem.id, row])).values()].map(
    ({ problem, startedAt }): NamedOccurrence => ({
      id: problem.id,
      title: problem.title,
      categoryId: problem.categoryId,
      componentId: problem.componentId,
      causeTag: problem.causeTag,
      startedAt,
    }),
  );
  return { occurrences, latest: occurrences.find((one) => one.id === id) ?? null };
}
