/**
 * The only place that decides what the world, and who of the team, may see: each rule as SQL and, beside it, of a row in
 * hand. Nobody else compares `publishedAt` or `releasedAt` with a clock.
 */

import {
  and,
  asc,
  type Column,
  eq,
  gt,
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
import type { Tables } from '../../../db/schema.ts';
import type { Reader } from '../../../db/store.ts';
import { incidentKinds, type Role } from '../../../db/words.ts';
import { type Actor, isAllowed, rolesAllow } from './authorize.ts';
import type { Context } from './context.ts';

/** What decides whether a restricted incident is still hidden. */
export interface Lane {
  isRestricted: boolean;
  releasedAt: Date | null;
}

interface Published {
  publishedAt: Date | null;
}

/** What has reached its instant: an update, a version of a report, the first word on an incident. Else it is held or planned. */
export const areOut = ({ publishedAt }: { publishedAt: Column }, now: Date): SQL => lte(publishedAt, now);

/** The same of a row. */
export const isOut = ({ publishedAt }: Published, now: Date): boolean =>
  publishedAt !== null && publishedAt <= now;

/** What is out, or will be by itself at its instant. */
export const arePublished = ({ publishedAt }: { publishedAt: Column }): SQL => isNotNull(publishedAt);

/** The same of a row. */
export const isPublished = ({ publishedAt }: Published): boolean => publishedAt !== null;

/** Who sees all that is restricted: who also names others that may. */
export const seesRestricted = (actor: Pick<Actor, 'roles'>): boolean =>
  isAllowed(actor, 'incidents.name-readers');

/**
 * Not restricted. Asked so that SQLite does not take the index of the few that are to find nearly all. An index that finds
 * nearly all is worse than none.
 */
export const isUnrestricted = ({ incidents }: Tables): SQL => ne(incidents.isRestricted, true);

/** Incidents that no lane hides at `now`: not restricted, or released. */
const areUnhidden = (tables: Tables, now: Date): SQL | undefined => {
  const { releasedAt } = tables.incidents;
  return or(isUnrestricted(tables), and(isNotNull(releasedAt), lte(releasedAt, now)));
};

/** The opposite, of a row: nothing of it is public yet, whatever is written. */
export const isUnreleased = ({ isRestricted, releasedAt }: Lane, now: Date): boolean =>
  isRestricted && (releasedAt === null || releasedAt > now);

/** Incidents the world may see at `now`: published, and not restricted unless released. */
export function publicIncidents(tables: Tables, now: Date): SQL | undefined {
  const { incidents } = tables;
  return and(arePublished(incidents), areOut(incidents, now), areUnhidden(tables, now));
}

/** The opposite: nothing of them is public yet. Asked so that each part finds its few by an index of its own. */
export function notPublicIncidents({ incidents }: Tables, now: Date): SQL | undefined {
  const { publishedAt, releasedAt } = incidents;
  const isOfAnyKind = inArray(incidents.kind, [...incidentKinds]);
  return or(
    and(isOfAnyKind, isNull(publishedAt)),
    and(isOfAnyKind, gt(publishedAt, now)),
    and(eq(incidents.isRestricted, true), or(isNull(releasedAt), gt(releasedAt, now))),
  );
}

/** Whether the world may see an incident, of a row. */
export const isPublicIncident = (incident: Lane & Published, now: Date): boolean =>
  isOut(incident, now) && !isUnreleased(incident, now);

/** From when on the world sees an incident, past or to come; null while nothing of it is public and nothing waits. */
export function publicSince({ isRestricted, releasedAt, publishedAt }: Lane & Published): Date | null {
  if (publishedAt === null || (isRestricted && releasedAt === null)) return null;
  return isRestricted && releasedAt !== null && releasedAt > publishedAt ? releasedAt : publishedAt;
}

/** Reports the world may see at `now`, of incidents that passed `publicIncidents`: published for everybody. */
export function publicReports(tables: Tables, now: Date): SQL | undefined {
  const { reports } = tables;
  return and(arePublished(reports), areOut(reports, now), eq(reports.publishedFor, 'public'));
}

/** Reports that whoever holds a link may read at `now`: published beyond the team, of incidents that are not hidden. */
export function sharedReports(tables: Tables, now: Date): SQL | undefined {
  const { reports } = tables;
  return and(
    arePublished(reports),
    areOut(reports, now),
    ne(reports.publishedFor, 'internal'),
    areUnhidden(tables, now),
  );
}

/** Versions that came out by `now`, of reports that passed one of these. */
export function publishedVersions({ reportRevisions }: Tables, now: Date): SQL | undefined {
  return and(isNotNull(reportRevisions.version), areOut(reportRevisions, now));
}

/** Updates the world may see at `now`, of incidents that passed `publicIncidents`. */
export function publicUpdates(tables: Tables, now: Date): SQL {
  return areOut(tables.incidentUpdates, now);
}

/** Categories the world may see: restricted ones only once an incident in them is released. */
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
  if (seesRestricted(context.actor)) return undefined;
  const open = areUnhidden(tables, context.now);
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
  if (seesRestricted(context.actor)) return undefined;
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
  return seesRestricted(actor) || (actor.userId !== null && readers.has(actor.userId));
}

/** Audit entries this member of the team may see: those of restricted incidents and categories only together with these. */
export function visibleAuditEntries(context: Context): SQL | undefined {
  const { tables, read } = context.store;
  const { auditEntries, categories, incidents } = tables;
  if (seesRestricted(context.actor)) return undefined;
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

/** Somebody who has an account, beside an incident. */
export interface PersonAround {
  id: string;
  name: string;
  roles: Role[];
  isDisabled: boolean;
  /** Named for this incident, or by its category. */
  isNamed: boolean;
  isNamedByCategory: boolean;
  /** Enabled, and may see the incident: all of the team, or of a restricted one the security role and who is named. */
  maySee: boolean;
}

/** Everybody who has an account, by name, and whether they may see an incident. One query. */
export async function readPeopleAround(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  incident: { id: string; categoryId: string; isRestricted: boolean; releasedAt: Date | null },
  now: Date,
): Promise<PersonAround[]> {
  const { users, incidentReaders, categoryReaders } = from.tables;
  const rows = await from.read
    .select({
      id: users.id,
      name: users.name,
      roles: users.roles,
      disabledAt: users.disabledAt,
      named: incidentReaders.userId,
      namedByCategory: categoryReaders.userId,
    })
    .from(users)
    .leftJoin(
      incidentReaders,
      and(eq(incidentReaders.userId, users.id), eq(incidentReaders.incidentId, incident.id)),
    )
    .leftJoin(
      categoryReaders,
      and(eq(categoryReaders.userId, users.id), eq(categoryReaders.categoryId, incident.categoryId)),
    )
    .orderBy(asc(users.name), asc(users.id));
  const isHidden = isUnreleased(incident, now);
  return rows.map(({ id, name, roles, disabledAt, named, namedByCategory }): PersonAround => {
    const isDisabled = disabledAt !== null;
    const [isNamed, isNamedByCategory] = [named !== null, namedByCategory !== null];
    const isReader = isNamed || isNamedByCategory || rolesAllow(roles, 'incidents.name-readers');
    const maySee = !isDisabled && (!isHidden || isReader);
    return { id, name, roles, isDisabled, isNamed, isNamedByCategory, maySee };
  });
}

/** Enabled people who may see an incident, by name: all of the team, or of a restricted one the security role and who is named. One query. */
export async function whoMaySee(
  ...around: Parameters<typeof readPeopleAround>
): Promise<{ id: string; name: string; roles: Role[] }[]> {
  const people = await readPeopleAround(...around);
  return people.filter(({ maySee }) => maySee).map(({ id, name, roles }) => ({ id, name, roles }));
}
