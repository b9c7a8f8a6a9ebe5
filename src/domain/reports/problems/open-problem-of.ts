import { asc, desc, eq } from 'drizzle-orm';
import { newId } from '../../../../db/ids.ts';
import type { Transaction } from '../../../../db/store.ts';
import { appendAudit } from '../../core/audit/append.ts';
import type { Context } from '../../core/context.ts';

/** The problem of an incident: opened once, however often the priority changes. Returns its id. */
export async function openProblemOf(
  tx: Transaction,
  context: Context,
  incident: { id: string; categoryId: string; isRestricted: boolean },
): Promise<string> {
  const { problems, problemIncidents } = tx.tables;
  const linked = await tx.db
    .select({ id: problems.id, closedAt: problems.closedAt })
    .from(problemIncidents)
    .innerJoin(problems, eq(problemIncidents.problemId, problems.id))
    .where(eq(problemIncidents.incidentId, incident.id))
    .orderBy(asc(problems.openedAt), asc(problems.id));
  const known = linked.find(({ closedAt }) => closedAt === null) ?? linked[0];
  if (known) return known.id;
  const title = await titleOfIncident(tx, incident.id);
  return insertProblem(tx, context, { ...incident, title }, [incident.id]);
}

/** What an incident is called: the title of its newest update, else the internal one. */
export async function titleOfIncident(tx: Transaction, id: string): Promise<string> {
  const { incidents, incidentUpdates, incidentUpdateTexts } = tx.tables;
  const [named] = await tx.db
    .select({ title: incidents.internalTitle })
    .from(incidents)
    .where(eq(incidents.id, id));
  const [told] = await tx.db
    .select({ title: incidentUpdateTexts.title })
    .from(incidentUpdateTexts)
    .innerJoin(incidentUpdates, eq(incidentUpdateTexts.updateId, incidentUpdates.id))
    .where(eq(incidentUpdates.incidentId, id))
    .orderBy(
      desc(incidentUpdates.displayAt),
      desc(incidentUpdateTexts.language),
      desc(incidentUpdateTexts.revision),
    )
    .limit(1);
  return told?.title || named?.title || '';
}

/** Writes a new problem of these incidents with its audit entry. Returns its id. */
export async function insertProblem(
  tx: Transaction,
  context: Context,
  problem: { title: string; categoryId: string; isRestricted: boolean; componentId?: string | null },
  incidents: readonly string[],
): Promise<string> {
  const { problems, problemIncidents } = tx.tables;
  const id = newId();
  await tx.db.insert(problems).values({
    id,
    title: problem.title,
    categoryId: problem.categoryId,
    componentId: problem.componentId ?? null,
    causeTag: '',
    cause: '',
    ticket: '',
    isRestricted: problem.isRestricted,
    openedAt: context.now,
    closedReason: '',
  });
  await tx.db.insert(problemIncidents).values(incidents.map((incidentId) => ({ problemId: id, incidentId })));
  await appendAudit(tx, context, {
    action: 'problem.opened',
    subjectType: 'problem',
    subjectId: id,
    after: { title: problem.title, incidents },
    restrictedTo: problem.isRestricted ? (incidents[0] ?? null) : null,
  });
  return id;
}
