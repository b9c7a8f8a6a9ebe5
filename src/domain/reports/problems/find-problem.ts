import { and, asc, eq, exists, not, type SQL } from 'drizzle-orm';
import { idPattern } from '../../../../db/ids.ts';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import type { Context } from '../../core/context.ts';
import { DomainError, notFound } from '../../core/errors.ts';
import { visibleIncidents } from '../../core/visibility.ts';

export type From = { tables: Tables; read: Pick<Reader, 'select'> };

/** Problems whose incidents this member of the team may all see; one hidden incident hides the problem. */
export function visibleProblems({ tables, read }: From, context: Context): SQL | undefined {
  const { problems, problemIncidents, incidents } = tables;
  const visible = visibleIncidents(context);
  if (visible === undefined) return undefined;
  const hidden = read
    .select({ id: problemIncidents.problemId })
    .from(problemIncidents)
    .innerJoin(incidents, eq(incidents.id, problemIncidents.incidentId))
    .where(and(eq(problemIncidents.problemId, problems.id), not(visible)));
  return not(exists(hidden));
}

/** A problem with its incidents and items; not found for who may not see every incident of it. */
export async function findProblem(from: From, context: Context, id: string) {
  if (!idPattern.test(id)) throw notFound();
  const { problems, problemIncidents, incidents, remediationItems } = from.tables;
  const [problem] = await from.read
    .select()
    .from(problems)
    .where(and(eq(problems.id, id), visibleProblems(from, context)));
  if (!problem) throw notFound();
  const linked = await from.read
    .select({
      id: incidents.id,
      categoryId: incidents.categoryId,
      priority: incidents.priority,
      isRestricted: incidents.isRestricted,
      releasedAt: incidents.releasedAt,
      startedAt: incidents.startedAt,
    })
    .from(problemIncidents)
    .innerJoin(incidents, eq(problemIncidents.incidentId, incidents.id))
    .where(eq(problemIncidents.problemId, id))
    .orderBy(asc(incidents.startedAt), asc(incidents.id));
  const items = await from.read
    .select()
    .from(remediationItems)
    .where(eq(remediationItems.problemId, id))
    .orderBy(asc(remediationItems.position), asc(remediationItems.id));
  return { problem, incidents: linked, items };
}

export type FoundProblem = Awaited<ReturnType<typeof findProblem>>;

/** One item with its problem; not found for who may not see the problem. */
export async function findItem(from: From, context: Context, id: string) {
  if (!idPattern.test(id)) throw notFound();
  const { remediationItems } = from.tables;
  const [row] = await from.read.select().from(remediationItems).where(eq(remediationItems.id, id));
  if (!row) throw notFound();
  const found = await findProblem(from, context, row.problemId);
  return { ...found, item: row };
}

/** A closed problem keeps what it says. */
export function refuseClosed({ problem }: FoundProblem): void {
  if (problem.closedAt) throw new DomainError('conflict', 'problem_closed');
}

/** Its audit entries are seen by who sees the restricted incident among its incidents. */
export const restrictedTo = ({ incidents }: Pick<FoundProblem, 'incidents'>): string | null =>
  incidents.find((incident) => incident.isRestricted)?.id ?? null;
