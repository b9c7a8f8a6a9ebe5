import { desc, eq } from 'drizzle-orm';
import { newId } from '../../../db/ids.ts';
import type { Transaction } from '../../../db/store.ts';
import { appendAudit } from '../audit/append.ts';
import type { Context } from '../context.ts';

/** The problem of an incident: opened once, however often the priority changes. Returns its id. */
export async function openProblemOf(
  tx: Transaction,
  context: Context,
  incident: { id: string; categoryId: string; isRestricted: boolean },
): Promise<string> {
  const { problems, problemIncidents, incidents, incidentUpdates, incidentUpdateTexts } = tx.tables;
  const [known] = await tx.db
    .select({ id: problemIncidents.problemId })
    .from(problemIncidents)
    .where(eq(problemIncidents.incidentId, incident.id));
  if (known) return known.id;
  const [named] = await tx.db
    .select({ title: incidents.internalTitle })
    .from(incidents)
    .where(eq(incidents.id, incident.id));
  const [told] = await tx.db
    .select({ title: incidentUpdateTexts.title })
    .from(incidentUpdateTexts)
    .innerJoin(incidentUpdates, eq(incidentUpdateTexts.updateId, incidentUpdates.id))
    .where(eq(incidentUpdates.incidentId, incident.id))
    .orderBy(
      desc(incidentUpdates.displayAt),
      desc(incidentUpdateTexts.language),
      desc(incidentUpdateTexts.revision),
    )
    .limit(1);
  const id = newId();
  const title = told?.title || named?.title || '';
  await tx.db.insert(problems).values({
    id,
    title,
    categoryId: incident.categoryId,
    causeTag: '',
    cause: '',
    ticket: '',
    isRestricted: incident.isRestricted,
    openedAt: context.now,
    closedReason: '',
  });
  await tx.db.insert(problemIncidents).values({ problemId: id, incidentId: incident.id });
  await appendAudit(tx, context, {
    action: 'problem.opened',
    subjectType: 'problem',
    subjectId: id,
    after: { title, incident: incident.id },
    restrictedTo: incident.isRestricted ? incident.id : null,
  });
  return id;
}
