import { and, asc, desc, eq, gt, gte, isNotNull, isNull, lt, or, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { idPattern } from '../../../../db/ids.ts';
import { oneOf } from '../../../../db/one-of.ts';
import type { Tables } from '../../../../db/schema.ts';
import type { Language, Priority } from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import { dayOf } from '../../core/calendar.ts';
import type { Context } from '../../core/context.ts';
import { invalid } from '../../core/errors.ts';
import { parse } from '../../core/parse.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { visibleProblems } from './find-problem.ts';
import { isSeries, type Occurrence, repeatDays, repeatsOf } from './repeats.ts';
import { owedWhenClosed, type StandingFlag, standingOf } from './standing.ts';
import { standingItem } from './standing-item.ts';

/** A problem in the list, with what is wrong with it. */
export interface ProblemLine {
  id: string;
  title: string;
  category: { id: string; slug: string; name: Record<Language, string> };
  priority: Priority;
  openedAt: Date;
  closedAt: Date | null;
  incidents: number;
  items: { done: number; all: number };
  flags: StandingFlag[];
  /** How many earlier problems had the same cause in the same place. */
  repeats: number;
  /** The third or later of its place within 30 days. */
  isSeries: boolean;
}

const order = ['P0', 'P1', 'P2', 'P3'] as const;

export const listProblemsInput = z.strictObject({
  limit: z.number().int().min(1).max(100).optional(),
  state: z.enum(['open', 'closed']).optional(),
  /** The id of a problem; the ones listed after it follow. */
  before: z.string().regex(idPattern).optional(),
});

type State = 'open' | 'closed';

/**
 * A page of the problems that the actor may see: the open ones, the oldest first; then the closed ones, the last closed
 * first. `next` is the `before` of the next page, or null. A fixed number of queries.
 */
export async function listProblems(
  context: Context,
  input: unknown = {},
): Promise<{ problems: ProblemLine[]; next: string | null }> {
  authorize(context, 'problems.read');
  const { limit = 100, state, before } = parse(listProblemsInput, input);
  const found = await readRows(context, { state, before, limit: limit + 1 });
  const problems = await asLines(context, found.slice(0, limit));
  return { problems, next: found.length > limit ? (problems.at(-1)?.id ?? null) : null };
}

/** How many problems the actor may see. One query. */
export async function countProblems(context: Context, state?: State): Promise<number> {
  authorize(context, 'problems.read');
  const { problems } = context.store.tables;
  return context.store.read.$count(
    problems,
    and(ofState(context, state), visibleProblems(context.store, context)),
  );
}

function ofState({ store }: Context, state?: State): SQL | undefined {
  const { closedAt } = store.tables.problems;
  if (state === undefined) return undefined;
  return state === 'open' ? isNull(closedAt) : isNotNull(closedAt);
}

interface Row {
  problem: Tables['problems']['$inferSelect'];
  category: Tables['categories']['$inferSelect'];
}

/** Open and closed ones are asked for apart: each has an index in the order of its list. */
async function readRows(
  context: Context,
  asked: { state: State | undefined; before: string | undefined; limit: number },
): Promise<Row[]> {
  const { problems, categories } = context.store.tables;
  const from = asked.before === undefined ? null : await findCursor(context, asked.before);
  const read = (state: State, after: SQL | undefined, order: SQL[], limit: number) =>
    context.store.read
      .select({ problem: problems, category: categories })
      .from(problems)
      .innerJoin(categories, eq(problems.categoryId, categories.id))
      .where(and(ofState(context, state), after, visibleProblems(context.store, context)))
      .orderBy(...order)
      .limit(limit);
  const isFromClosed = from !== null && from.closedAt !== null;
  const open =
    asked.state === 'closed' || isFromClosed
      ? []
      : await read(
          'open',
          from
            ? or(
                gt(problems.openedAt, from.openedAt),
                and(eq(problems.openedAt, from.openedAt), gt(problems.id, from.id)),
              )
            : undefined,
          [asc(problems.openedAt), asc(problems.id)],
          asked.limit,
        );
  if (asked.state === 'open' || open.length === asked.limit) return open;
  const closed = await read(
    'closed',
    from?.closedAt
      ? or(
          lt(problems.closedAt, from.closedAt),
          and(eq(problems.closedAt, from.closedAt), lt(problems.id, from.id)),
        )
      : undefined,
    [desc(problems.closedAt), desc(problems.id)],
    asked.limit - open.length,
  );
  return [...open, ...closed];
}

async function findCursor(context: Context, id: string): Promise<Row['problem']> {
  const { problems } = context.store.tables;
  const [from] = await context.store.read
    .select()
    .from(problems)
    .where(and(eq(problems.id, id), visibleProblems(context.store, context)));
  if (!from) throw invalid('before', 'wrong_value');
  return from;
}

async function asLines(context: Context, rows: readonly Row[]): Promise<ProblemLine[]> {
  if (rows.length === 0) return [];
  const { tables, read } = context.store;
  const { problemIncidents, incidents, remediationItems, reports, postmortemMeetings } = tables;
  const settings = await readSettings(context.store);
  const today = dayOf(context.now, settings.time_zone);
  const ids = rows.map(({ problem }) => problem.id);
  const links = await read
    .select({
      problemId: problemIncidents.problemId,
      priority: incidents.priority,
      startedAt: incidents.startedAt,
    })
    .from(problemIncidents)
    .innerJoin(incidents, eq(problemIncidents.incidentId, incidents.id))
    .where(oneOf(problemIncidents.problemId, ids));
  const items = await read.select().from(remediationItems).where(oneOf(remediationItems.problemId, ids));
  const owed = await read
    .select({ problemId: problemIncidents.problemId })
    .from(problemIncidents)
    .innerJoin(reports, eq(reports.incidentId, problemIncidents.incidentId))
    .innerJoin(postmortemMeetings, eq(postmortemMeetings.reportId, reports.id))
    .where(and(oneOf(problemIncidents.problemId, ids), isNull(postmortemMeetings.heldAt)));
  const linksOf = Map.groupBy(links, ({ problemId }) => problemId);
  const itemsOf = Map.groupBy(items, ({ problemId }) => problemId);
  const owedOf = Map.groupBy(owed, ({ problemId }) => problemId);
  const starts = links.map(({ startedAt }) => startedAt.getTime());
  const byPlace = starts.length === 0 ? new Map() : await readPlaces(context, new Date(least(starts)));
  return rows.map(({ problem, category }): ProblemLine => {
    const own = linksOf.get(problem.id) ?? [];
    const plan = itemsOf.get(problem.id) ?? [];
    const priority = order.find((one) => own.some((link) => link.priority === one)) ?? 'P3';
    const flags = standingOf(
      {
        priority,
        isCauseKnown: problem.causeKnownAt !== null,
        hasExpert: problem.expertId !== null,
        hasGroup: problem.groupId !== null,
        nothingNeededReason: problem.nothingNeededReason,
        items: plan.map((item) => standingItem(item, settings)),
        meetingsOwed: owedOf.get(problem.id)?.length ?? 0,
      },
      today,
    );
    const near: Occurrence[] = byPlace.get(placeOf(problem)) ?? [];
    const latest = near.find(({ id }) => id === problem.id);
    return {
      id: problem.id,
      title: problem.title,
      category: {
        id: problem.categoryId,
        slug: category.slug,
        name: category.name,
      },
      priority,
      openedAt: problem.openedAt,
      closedAt: problem.closedAt,
      incidents: own.length,
      items: { done: plan.filter(({ state }) => state === 'done').length, all: plan.length },
      flags: problem.closedAt ? owedWhenClosed(flags) : flags,
      repeats: latest ? repeatsOf(latest, near).length : 0,
      isSeries: latest ? isSeries(latest, near) : false,
    };
  });
}

const least = (values: readonly number[]): number =>
  values.reduce((found, value) => Math.min(found, value), Number.POSITIVE_INFINITY);

const placeOf = ({ categoryId, componentId }: Pick<Occurrence, 'categoryId' | 'componentId'>): string =>
  `${categoryId} ${componentId ?? ''}`;

/** By place, every problem that one whose latest incident began at `first` or later may repeat: also those on other pages. */
async function readPlaces(context: Context, first: Date): Promise<Map<string, Occurrence[]>> {
  const { tables, read } = context.store;
  const { problems, problemIncidents, incidents } = tables;
  const from = new Date(first.getTime() - repeatDays * 86_400_000);
  const rows = await read
    .select({
      id: problems.id,
      categoryId: problems.categoryId,
      componentId: problems.componentId,
      causeTag: problems.causeTag,
      startedAt: incidents.startedAt,
    })
    .from(incidents)
    // Crossed, so that SQLite begins with the incidents of that time and not with every link there is.
    .crossJoin(problemIncidents)
    .innerJoin(problems, eq(problems.id, problemIncidents.problemId))
    .where(
      and(
        gte(incidents.startedAt, from),
        eq(problemIncidents.incidentId, incidents.id),
        visibleProblems(context.store, context),
      ),
    );
  // A problem is known by its latest incident.
  const latest = new Map<string, Occurrence>();
  for (const row of rows) {
    const known = latest.get(row.id);
    if (!known || known.startedAt < row.startedAt) latest.set(row.id, row);
  }
  return Map.groupBy(latest.values(), placeOf);
}
