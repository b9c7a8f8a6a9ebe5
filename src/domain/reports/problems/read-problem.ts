import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { oneOf } from '../../../../db/one-of.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { whoMaySee } from '../../core/visibility.ts';
import { readTeamIncidents } from '../../incidents/team-incident.ts';
import { areNotEnded } from '../obligations/obligation.ts';
import { readStanding } from './close-problem.ts';
import { findProblem, visibleProblems } from './find-problem.ts';
import { isSeries, type Occurrence, repeatsOf } from './repeats.ts';

/**
 * One problem with its incidents, plan, moved deadlines, reports and meetings owed, how it stands, what keeps it open, what
 * it repeats, and who may be named in it. A fixed number of queries.
 */
export async function readProblem(context: Context, id: string) {
  authorize(context, 'problems.read');
  const settings = await readSettings(context.store);
  const found = await findProblem(context.store, context, id);
  const { tables, read } = context.store;
  const { remediationMoves, incidents, reports, postmortemMeetings, users } = tables;
  const itemIds = found.items.map((item) => item.id);
  const moves = await read
    .select()
    .from(remediationMoves)
    .where(oneOf(remediationMoves.itemId, itemIds.length > 0 ? itemIds : ['']))
    .orderBy(asc(remediationMoves.movedAt), asc(remediationMoves.id));
  const incidentIds = found.incidents.map((incident) => incident.id);
  const told = await readTeamIncidents(context, oneOf(incidents.id, incidentIds), incidentIds.length);
  const owing = await read
    .select({ id: reports.id, incidentId: reports.incidentId, state: reports.state, number: reports.number })
    .from(reports)
    .where(and(oneOf(reports.incidentId, incidentIds), areNotEnded(tables)))
    .orderBy(asc(reports.createdAt), asc(reports.id));
  const meetings = await read
    .select({ id: postmortemMeetings.id, dueAt: postmortemMeetings.dueAt })
    .from(postmortemMeetings)
    .innerJoin(reports, eq(postmortemMeetings.reportId, reports.id))
    .where(and(oneOf(reports.incidentId, incidentIds), isNull(postmortemMeetings.heldAt)))
    .orderBy(asc(postmortemMeetings.dueAt), asc(postmortemMeetings.id));
  // Names also of who is disabled: what they did keeps their name.
  const names = await read.select({ id: users.id, name: users.name }).from(users);
  const [first] = found.incidents.toSorted((a, b) => Number(b.isRestricted) - Number(a.isRestricted));
  const people = first ? await whoMaySee(context.store, first, context.now) : [];
  const { occurrences, latest } = await readOccurrences(context, found.problem.categoryId, id);
  return {
    ...found,
    settings,
    moves,
    told,
    reports: owing,
    meetingsOwed: meetings,
    names: new Map(names.map((user) => [user.id, user.name])),
    people,
    ...(await readStanding(context, found, settings)),
    repeats: latest ? repeatsOf(latest, occurrences) : [],
    isSeries: latest ? isSeries(latest, occurrences) : false,
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
