import { and, asc, eq } from 'drizzle-orm';
import type { Language } from '../../../db/words.ts';
import { ownFirst } from '../../i18n/own-first.ts';
import { rolesAllow } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { whoMaySee } from '../core/visibility.ts';
import { readIncident } from '../incidents/read-incident.ts';
import { visibleProblems } from './problems/find-problem.ts';
import { readReport } from './read-report.ts';
import { candidatesOf, suggestMilestones } from './suggestions.ts';

/** Everything that the editor of a report shows: the report, what can be picked from its incident, and who may write it. A fixed number of queries. */
export async function readEditor(context: Context, id: string, language: Language) {
  const report = await readReport(context, id);
  const incident = await readIncident(context, report.incident.id);
  const { tables, read } = context.store;
  const { logEntries, problems, problemIncidents, groups } = tables;
  const log = await read
    .select({ id: logEntries.id, at: logEntries.at, text: logEntries.text })
    .from(logEntries)
    .where(eq(logEntries.incidentId, incident.id))
    .orderBy(asc(logEntries.at), asc(logEntries.id));
  const [problem] = await read
    .select({
      id: problems.id,
      expertId: problems.expertId,
      group: groups.name,
      groupOwnerId: groups.ownerId,
    })
    .from(problemIncidents)
    .innerJoin(problems, eq(problemIncidents.problemId, problems.id))
    .leftJoin(groups, eq(problems.groupId, groups.id))
    .where(and(eq(problemIncidents.incidentId, incident.id), visibleProblems(context.store, context)))
    .orderBy(asc(problems.openedAt), asc(problems.id))
    .limit(1);
  const people = (await whoMaySee(context.store, report.incident, context.now)).filter(({ roles }) =>
    rolesAllow(roles, 'reports.write'),
  );
  const told = incident.updates.filter((update) => !update.isHeld);
  // A note of the log is offered for the field of its reader's language, where the form asks that.
  const [writtenIn = language] = ownFirst(language, context.offered);
  const used = new Set(report.entries.flatMap(({ sourceId }) => (sourceId === null ? [] : [sourceId])));
  const canWrite = (person: string | null | undefined): string | null =>
    people.find(({ id: one }) => one === person)?.id ?? null;
  return {
    ...report,
    teamIncident: incident,
    people,
    problem: problem ?? null,
    candidates: candidatesOf(told, log, { used, writtenIn }),
    suggested: {
      title: incident.titles,
      milestones: suggestMilestones(report.incident.startedAt, told),
      /** who knows the matter, else who answers for the group. */
      author: canWrite(problem?.expertId) ?? canWrite(problem?.groupOwnerId),
      owner: canWrite(report.category.ownerId),
    },
  };
}

export type Editor = Awaited<ReturnType<typeof readEditor>>;
