import { and, eq, sql } from 'drizzle-orm';
import { actOn } from '../../core/act.ts';
import { DomainError, invalid } from '../../core/errors.ts';
import { refuseStale } from '../../core/lock.ts';
import { isUnreleased } from '../../core/visibility.ts';
import { findIncident } from '../../incidents/find-incident.ts';
import { requireReader } from '../../incidents/restricted/require-reader.ts';
import { voidReview } from '../reviews/void-review.ts';
import { type FoundProblem, type From, findProblem, refuseClosed, restrictedTo } from './find-problem.ts';
import { changeProblemInput, linkIncidentInput } from './problem-input.ts';

/** Changes what is known of a problem: cause and its tag, expert, group, ticket, or why nothing needs to be done. */
export const changeProblem = actOn({
  permission: 'problems.change',
  input: changeProblemInput,
  audits: ['problem.changed'],
  async work({ tx, context, audit }, id, { version, ...wanted }): Promise<{ id: string }> {
    const found = await findProblem(tx, context, id);
    const { problem } = found;
    refuseClosed(found);
    refuseStale(version, problem, problem, wanted);
    await refuseUnknown(tx, found, wanted, context.now);
    const next = {
      title: wanted.title?.trim(),
      componentId: wanted.component,
      causeTag: wanted.causeTag?.trim(),
      cause: wanted.cause?.trim(),
      // Since when the cause is known: from its first wording on, and not at all once it is taken back.
      causeKnownAt:
        wanted.cause === undefined
          ? undefined
          : wanted.cause.trim() === ''
            ? null
            : (problem.causeKnownAt ?? context.now),
      expertId: wanted.expert,
      groupId: wanted.group,
      ticket: wanted.ticket?.trim(),
      nothingNeededReason:
        wanted.nothingNeededReason?.trim() || (wanted.nothingNeededReason === undefined ? undefined : null),
    };
    const changed = Object.fromEntries(
      Object.entries(next).filter(
        ([key, value]) => value !== undefined && value !== problem[key as keyof typeof problem],
      ),
    );
    if (Object.keys(changed).length === 0) return { id };
    const { problems } = tx.tables;
    await tx.db
      .update(problems)
      .set({ ...changed, version: sql`${problems.version} + 1` })
      .where(eq(problems.id, id));
    await audit({
      action: 'problem.changed',
      subjectType: 'problem',
      subjectId: id,
      before: Object.fromEntries(
        Object.keys(changed).map((key) => [key, problem[key as keyof typeof problem]]),
      ),
      after: changed,
      restrictedTo: restrictedTo(found),
    });
    return { id };
  },
});

async function refuseUnknown(
  from: From,
  { problem, incidents }: FoundProblem,
  wanted: { component?: string | null; expert?: string | null; group?: string | null },
  now: Date,
): Promise<void> {
  // Who stays the expert is not asked again: a disabled account must not refuse every other change.
  if (wanted.expert && wanted.expert !== problem.expertId)
    await requireReader(from, incidents, { id: wanted.expert, path: 'expert', now });
  if (wanted.component) await requireComponent(from, problem.categoryId, wanted.component);
  if (wanted.group) await requireGroup(from, wanted.group);
}

/** Refuses a component that is none of the category. */
export async function requireComponent(from: From, categoryId: string, id: string): Promise<void> {
  const { components } = from.tables;
  const [known] = await from.read
    .select({ id: components.id })
    .from(components)
    .where(and(eq(components.id, id), eq(components.categoryId, categoryId)));
  if (!known) throw invalid('component', 'unknown_component');
}

/** Refuses a group that does not exist, at the field `path`. */
export async function requireGroup(from: From, id: string, path = 'group'): Promise<void> {
  const { groups } = from.tables;
  const [known] = await from.read.select({ id: groups.id }).from(groups).where(eq(groups.id, id));
  if (!known) throw invalid(path, 'unknown_group');
}

/** Links one more incident to a problem. A restricted one and a public one never share a problem. */
export const linkIncident = actOn({
  permission: 'problems.change',
  input: linkIncidentInput,
  audits: ['problem.incident-linked'],
  async work({ tx, context, audit }, id, { incident: incidentId }): Promise<{ id: string }> {
    const found = await findProblem(tx, context, id);
    refuseClosed(found);
    const incident = await findIncident(tx, context, incidentId).catch(() => {
      throw invalid('incident', 'unknown_incident');
    });
    if (incident.kind !== 'incident') throw invalid('incident', 'unknown_incident');
    if (found.incidents.some((linked) => linked.id === incident.id)) return { id };
    const isHidden = isUnreleased(incident, context.now);
    if (found.incidents.some((linked) => isUnreleased(linked, context.now) !== isHidden))
      throw new DomainError('conflict', 'problem_restricted');
    await tx.db.insert(tx.tables.problemIncidents).values({ problemId: id, incidentId: incident.id });
    // The plan is part of what is approved of the incident's report.
    if (found.items.length > 0) await voidReview(tx, context, [incident]);
    await audit({
      action: 'problem.incident-linked',
      subjectType: 'problem',
      subjectId: id,
      after: { incident: incident.id },
      restrictedTo: incident.isRestricted ? incident.id : null,
    });
    return { id };
  },
});
