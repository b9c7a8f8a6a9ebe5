import { asc, desc, eq, inArray } from 'drizzle-orm';
import { authorize } from '../access/authorize.ts';
import type { Context } from '../context.ts';
import { readStanding } from './close-problem.ts';
import { findProblem, visibleProblems } from './find-problem.ts';
import { isSeries, type Occurrence, repeatsOf } from './repeats.ts';

/** One problem with its incidents, plan, moved deadlines, how it stands, and what it repeats. */
export async function readProblem(context: Context, id: string) {
  authorize(context, 'problems.read');
  const found = await findProblem(context.store, context, id);
  const { tables, read } = context.store;
  const { remediationMoves } = tables;
  const ids = found.items.map((item) => item.id);
  const moves =
    ids.length === 0
      ? []
      : await read
          .select()
          .from(remediationMoves)
          .where(inArray(remediationMoves.itemId, ids))
          .orderBy(desc(remediationMoves.movedAt), asc(remediationMoves.id));
  const { occurrences, latest } = await readOccurrences(context, found.problem.categoryId, id);
  return {
    ...found,
    moves,
    flags: found.problem.closedAt ? [] : await readStanding(context, found),
    repeats: latest ? repeatsOf(latest, occurrences) : [],
    isSeries: latest ? isSeries(latest, occurrences) : false,
  };
}

export type ProblemPage = Awaited<ReturnType<typeof readProblem>>;

/** Problems of a category as occurrences of their causes, each at the start of its newest incident. */
async function readOccurrences(context: Context, categoryId: string, id: string) {
  const { tables, read } = context.store;
  const { problems, problemIncidents, incidents } = tables;
  const rows = await read
    .select({ problem: problems, startedAt: incidents.startedAt })
    .from(problems)
    .innerJoin(problemIncidents, eq(problemIncidents.problemId, problems.id))
    .innerJoin(incidents, eq(problemIncidents.incidentId, incidents.id))
    .where(visibleProblems(context.store, context))
    .orderBy(desc(incidents.startedAt));
  const occurrences = [...new Map(rows.toReversed().map((row) => [row.problem.id, row])).values()]
    .filter(({ problem }) => problem.categoryId === categoryId)
    .map(
      ({ problem, startedAt }): Occurrence => ({
        id: problem.id,
        categoryId: problem.categoryId,
        componentId: problem.componentId,
        causeTag: problem.causeTag,
        startedAt,
      }),
    );
  return { occurrences, latest: occurrences.find((one) => one.id === id) ?? null };
}
