/** The only place that decides what the world, and who of the team, may see. */

import {
  and,
  asc,
  eq,
  inArray,
  isNotNull,
  isNull,
  lte,
  ne,
  not,
  notInArray,
  or,
  type SQL,
} from 'drizzle-orm';
import type { Tables } from '../../db/schema.ts';
import type { Reader } from '../../db/store.ts';
import type { Role } from '../../db/words.ts';
import type { Actor } from './access/authorize.ts';
import type { Context } from './context.ts';
import { isUnreleased } from './restricted/released.ts';

/** Not restricted. Asked so that SQLite does not take the index of the few that are to find nearly all. */
export const isUnrestricted = ({ incidents }: Tables): SQL => ne(incidents.isRestricted, true);

/** Incidents the world may see at `now`: published, and not restricted unless released (design §8.2, §8.7). */
export function publicIncidents(tables: Tables, now: Date): SQL | undefined {
  const { incidents } = tables;
  return and(
    isNotNull(incidents.publishedAt),
    lte(incidents.publishedAt, now),
    or(isUnrestricted(tables), and(isNotNull(incidents.releasedAt), lte(incidents.releasedAt, now))),
  );
}

/** Reports the world may see at `now`, of incidents that passed `publicIncidents`: published for everybody. */
export function publicReports(tables: Tables, now: Date): SQL | undefined {
  const { reports } = tables;
  return and(
    isNotNull(reports.publishedAt),
    lte(reports.publishedAt, now),
    eq(reports.publishedFor, 'public'),
  );
}

/** Reports that whoever holds a link may read at `now`: published beyond the team, of incidents that are not hidden. */
export function sharedReports(tables: Tables, now: Date): SQL | undefined {
  const { reports, incidents } = tables;
  return and(
    isNotNull(reports.publishedAt),
    lte(reports.publishedAt, now),
    ne(reports.publishedFor, 'internal'),
    or(isUnrestricted(tables), and(isNotNull(incidents.releasedAt), lte(incidents.releasedAt, now))),
  );
}

/** Updates the world may see at `now`, of incidents that passed `publicIncidents`. */
export function publicUpdates(tables: Tables, now: Date): SQL {
  return lte(tables.incidentUpdates.publishedAt, now);
}

/** Categories the world may see: restricted ones only once an incident in them is released (design §8.7). */
export function publicCategories(context: Context): SQL | undefined {
  const { tables, read } = context.store;
  const { categories, incidents } = tables;
  const released = read
    .select({ id: incidents.categoryId })
    .from(incidents)
    .where(and(eq(incidents.isRestricted, true), publicIncidents(tables, context.now)));
  return or(eq(categories.isRestricted, false), inArray(categories.id, released));
}

/** Incidents this member of the team may see: restricted ones only with the security role or by name. */
export function visibleIncidents(context: Context): SQL | undefined {
  const { tables, read } = context.store;
  const { incidents, incidentReaders, categoryReaders } = tables;
  if (context.actor.roles.size === 0) return publicIncidents(tables, context.now);
  if (context.actor.roles.has('security')) return undefined;
  const open = or(
    isUnrestricted(tables),
    and(isNotNull(incidents.releasedAt), lte(incidents.releasedAt, context.now)),
  );
  const userId = context.actor.userId;
  if (!userId) return open;
  const named = read
    .select({ id: incidentReaders.incidentId })
    .from(incidentReaders)
    .where(eq(incidentReaders.userId, userId));
  const namedByCategory = read
    .select({ id: categoryReaders.categoryId })
    .from(categoryReaders)
    .where(eq(categoryReaders.userId, userId));
  return or(open, inArray(incidents.id, named), inArray(incidents.categoryId, namedByCategory));
}

/** Categories this member of the team may see: restricted ones only with the security role or by name. */
export function visibleCategories(context: Context): SQL | undefined {
  const { tables, read } = context.store;
  const { categories, categoryReaders } = tables;
  if (context.actor.roles.has('security')) return undefined;
  const named = read
    .select({ id: categoryReaders.categoryId })
    .from(categoryReaders)
    .where(eq(categoryReaders.userId, context.actor.userId ?? ''));
  return or(eq(categories.isRestricted, false), inArray(categories.id, named));
}

/** Whether this member of the team may see what belongs to a restricted category. */
export function canSeeCategory(
  actor: Actor,
  category: { isRestricted: boolean },
  readers: ReadonlySet<string>,
): boolean {
  if (!category.isRestricted) return true;
  return actor.roles.has('security') || (actor.userId !== null && readers.has(actor.userId));
}

/** Audit entries this member of the team may see: those of restricted incidents and categories only together with these. */
export function visibleAuditEntries(context: Context): SQL | undefined {
  const { tables, read } = context.store;
  const { auditEntries, categories, incidents } = tables;
  if (context.actor.roles.has('security')) return undefined;
  const ofIncidents = read.select({ id: incidents.id }).from(incidents).where(visibleIncidents(context));
  const ofCategories = read.select({ id: categories.id }).from(categories).where(visibleCategories(context));
  return or(
    // An entry is never changed, so one from before an incident became restricted is hidden by what it is about.
    and(
      isNull(auditEntries.restrictedTo),
      or(ne(auditEntries.subjectType, 'incident'), inArray(auditEntries.subjectId, ofIncidents)),
      ...aboutHidden(context).map((ids) => notInArray(auditEntries.subjectId, ids)),
    ),
    inArray(auditEntries.restrictedTo, ofIncidents),
    inArray(auditEntries.restrictedTo, ofCategories),
  );
}

/** The reports, meetings, problems and actions of incidents that this member of the team may not see. */
function aboutHidden(context: Context) {
  const { tables, read } = context.store;
  const { incidents, reports, postmortemMeetings, problemIncidents, remediationItems } = tables;
  const visible = visibleIncidents(context);
  const hidden = read
    .select({ id: incidents.id })
    .from(incidents)
    .where(visible && not(visible));
  const hiddenReports = read
    .select({ id: reports.id })
    .from(reports)
    .where(inArray(reports.incidentId, hidden));
  const hiddenProblems = read
    .select({ id: problemIncidents.problemId })
    .from(problemIncidents)
    .where(inArray(problemIncidents.incidentId, hidden));
  const hiddenMeetings = read
    .select({ id: postmortemMeetings.id })
    .from(postmortemMeetings)
    .where(inArray(postmortemMeetings.reportId, hiddenReports));
  const hiddenItems = read
    .select({ id: remediationItems.id })
    .from(remediationItems)
    .where(inArray(remediationItems.problemId, hiddenProblems));
  return [hiddenReports, hiddenProblems, hiddenMeetings, hiddenItems];
}

/** Enabled people who may see an incident, by name: all of the team, or of a restricted one the security role and who is named. */
export async function whoMaySee(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  incident: { id: string; categoryId: string; isRestricted: boolean; releasedAt: Date | null },
  now: Date,
): Promise<{ id: string; name: string; roles: Role[] }[]> {
  const { users, incidentReaders, categoryReaders } = from.tables;
  const people = await from.read
    .select({ id: users.id, name: users.name, roles: users.roles })
    .from(users)
    .where(isNull(users.disabledAt))
    .orderBy(asc(users.name), asc(users.id));
  if (!isUnreleased(incident, now)) return people;
  const named = await from.read
    .select({ id: incidentReaders.userId })
    .from(incidentReaders)
    .where(eq(incidentReaders.incidentId, incident.id));
  const namedByCategory = await from.read
    .select({ id: categoryReaders.userId })
    .from(categoryReaders)
    .where(eq(categoryReaders.categoryId, incident.categoryId));
  const readers = new Set([...named, ...namedByCategory].map(({ id }) => id));
  return people.filter(({ id, roles }) => roles.includes('security') || readers.has(id));
}
