import { and, asc, desc, eq } from 'drizzle-orm';
import { type ComponentStatus, type Language, type Priority, priorities } from '../../../db/words.ts';
import { listComponentNames } from '../catalogue/components/list-component-names.ts';
import { isAllowed } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { readSettings } from '../core/settings/read-settings.ts';
import { canSeeCategory, isPublicIncident, type PersonAround, readPeopleAround } from '../core/visibility.ts';
import { linesOf, readEntries, readPriorityLines } from '../incidents/log/read-log.ts';
import { isFinal } from '../incidents/phase.ts';
import { isValidationOwed, needsTwoPeople } from '../incidents/priority-rules.ts';
import { listPromises } from '../incidents/promises/list-promises.ts';
import { owedOf } from '../incidents/promises/read-owed.ts';
import { readIncident } from '../incidents/read-incident.ts';
import { restrictionOf } from '../incidents/restricted/read-restriction.ts';
import { mayPublishIn } from '../incidents/restricted/released.ts';
import type { TeamIncident } from '../incidents/team-incident.ts';
import { isOfThisDesk } from '../incidents/updates/origin.ts';
import { byName, type PersonName } from '../people/users/list-people.ts';
import { closingOf } from '../reports/closing/read-closing.ts';
import { isOptional } from '../reports/obligations/obligation.ts';
import { visibleProblems } from '../reports/problems/find-problem.ts';

/**
 * An incident with all that its page inside shows: its log, promises, report, closing, restriction and people, and what the
 * reader may do there. Not found for who may not see it. Eleven queries.
 */
export async function readIncidentInside(context: Context, id: string) {
  const incident = await readIncident(context, id);
  const { now, actor } = context;
  const settings = await readSettings(context.store);
  const names = await listComponentNames(context);
  const { category, report, decisions, problems } = await readAround(context, incident);
  const people = await readPeopleAround(
    context.store,
    { ...incident, categoryId: incident.category.id },
    now,
  );
  const entries = await readEntries(context, incident.id);
  const classified = await readPriorityLines(context, incident.id);
  const promises = await listPromises(context, incident.id);
  const categoryReaders = people.filter(({ isNamedByCategory }) => isNamedByCategory);
  // Who was named for the incident alone does not see its category.
  const isCategorySeen = canSeeCategory(actor, category, new Set(categoryReaders.map((one) => one.id)));
  const isOver = isFinal(incident.phase);
  const firstDueFirst = promises.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  const { proposals } = owedOf(isOver ? [] : [incident], firstDueFirst, now);
  const restriction = incident.isRestricted
    ? restrictionOf(
        incident,
        { readers: people.filter(({ isNamed }) => isNamed), entries, procedureUrl: category.runbookUrl },
        now,
      )
    : null;
  return {
    incident,
    settings,
    /** What its newest update says of components, by name. */
    affected: incident.components.map(({ id, status }): Affected => ({ name: names.get(id), status })),
    runbookUrl: isCategorySeen ? category.runbookUrl : null,
    ticketLabel: isCategorySeen ? category.ticketLabel : undefined,
    log: {
      lines: linesOf(incident, entries, classified),
      people: people.filter(({ maySee }) => maySee).map(({ id, name }) => ({ id, name })),
      categoryOwner: people.find((person) => person.id === category.ownerId)?.name ?? null,
    },
    promises,
    /** What speaks for an escalation. */
    proposal: proposals.get(incident.id) ?? null,
    closing: closingOf(incident, { report, decisions, problems }, now),
    closedBy: nameOf(people, incident.closedBy),
    validatedBy: nameOf(people, incident.validatedBy),
    restriction,
    /** Whom security may name for it. */
    people: restriction && isAllowed(actor, 'incidents.release') ? enabledByName(people) : [],
    isOver,
    isPublic: isPublicIncident(incident, now),
    isOverdue: incident.nextUpdateBy !== null && incident.nextUpdateBy <= now,
    isUnvalidated: isValidationOwed(incident),
    /** It owes no report, and a manager may ask for one. */
    isReportOptional: incident.kind === 'incident' && isOfThisDesk(incident) && isOptional(incident),
    /** While it is under way nobody needs to read what closing will ask. */
    isClosingAsked:
      incident.kind === 'incident' && isOfThisDesk(incident) && (isOver || incident.updates.length === 0),
    /** The priorities that one person may set: never down from a P0 or P1. */
    settable: priorities.filter((priority: Priority) => !needsTwoPeople(incident, priority)),
    may: mayOf(context, incident),
  };
}

export type IncidentInside = Awaited<ReturnType<typeof readIncidentInside>>;

interface Affected {
  name: Record<Language, string> | undefined;
  status: ComponentStatus;
}

/** What the reader may do with an incident. In a released restricted one security alone publishes. */
function mayOf(context: Context, incident: TeamIncident) {
  const { actor } = context;
  const mayPublish = mayPublishIn(context, incident);
  const isSecurity = isAllowed(actor, 'incidents.release');
  return {
    post: mayPublish && isAllowed(actor, 'incidents.post-update'),
    correct: mayPublish && isAllowed(actor, 'incidents.correct-update'),
    release: isSecurity,
    restrict: isSecurity || incident.createdBy === actor.userId,
    classify: isAllowed(actor, 'incidents.classify'),
    validate:
      isAllowed(actor, 'incidents.validate-priority') && incident.isReviewed && incident.validatedAt === null,
    decideReport: isAllowed(actor, 'reports.decide'),
    close: isAllowed(actor, 'incidents.close'),
    closeUrgent: isAllowed(actor, 'incidents.close-urgent'),
    log: isAllowed(actor, 'incidents.record'),
  };
}

/** The category of an incident, its report, the decisions on it and its problems. One query: of each there are few. */
async function readAround(context: Context, incident: TeamIncident) {
  const { tables, read } = context.store;
  const { incidents, categories, reports, jointDecisions, problems, problemIncidents } = tables;
  const rows = await read
    .select({ category: categories, report: reports, decision: jointDecisions, problem: problems })
    .from(incidents)
    .innerJoin(categories, eq(categories.id, incidents.categoryId))
    .leftJoin(reports, eq(reports.incidentId, incidents.id))
    .leftJoin(jointDecisions, eq(jointDecisions.incidentId, incidents.id))
    .leftJoin(problemIncidents, eq(problemIncidents.incidentId, incidents.id))
    .leftJoin(
      problems,
      and(eq(problems.id, problemIncidents.problemId), visibleProblems(context.store, context)),
    )
    .where(eq(incidents.id, incident.id))
    .orderBy(
      desc(jointDecisions.proposedAt),
      desc(jointDecisions.id),
      asc(problems.openedAt),
      asc(problems.id),
    );
  const [first] = rows;
  if (!first) throw new Error('An incident that was read has a category.');
  return {
    category: first.category,
    report: first.report,
    decisions: eachOnce(rows.map(({ decision }) => decision)),
    problems: eachOnce(rows.map(({ problem }) => problem)).map(({ id, title, closedAt }) => ({
      id,
      title,
      closedAt,
    })),
  };
}

const eachOnce = <Row extends { id: string }>(rows: readonly (Row | null)[]): Row[] => [
  ...new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : []))).values(),
];

const enabledByName = (people: readonly PersonAround[]): PersonName[] =>
  people
    .filter(({ isDisabled }) => !isDisabled)
    .map(({ id, name, roles }) => ({ id, name, roles }))
    .sort(byName);

/** Of somebody who may still sign in. */
const nameOf = (people: readonly PersonAround[], id: string | null): string =>
  people.find((person) => person.id === id && !person.isDisabled)?.name ?? '';
