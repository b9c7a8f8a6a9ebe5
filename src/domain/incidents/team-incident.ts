import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import { inEachLanguage } from '../../../db/localised.ts';
import type { Tables } from '../../../db/schema.ts';
import type { ComponentStatus, Language } from '../../../db/words.ts';
import type { NamedCategory } from '../catalogue/categories/named-category.ts';
import type { Context } from '../core/context.ts';
import { isOut, visibleIncidents } from '../core/visibility.ts';
import { endOfTrouble } from './derive-incident.ts';
import { splitAhead } from './maintenance/ahead.ts';
import { isFinal } from './phase.ts';
import { passed } from './promises/passed.ts';
import { componentsSince, type Statement, statedBy } from './statement.ts';
import { readTimelines, titlesOf, type Update } from './updates/timeline.ts';

export interface TeamUpdate extends Update {
  /** Written, but not public yet. */
  isHeld: boolean;
}

type IncidentRow = Tables['incidents']['$inferSelect'];

/** All that the team may know of an incident, held updates included: its columns, and what is no column of it. */
export interface TeamIncident extends IncidentRow {
  category: NamedCategory;
  /** The newest in each language; without any update the internal one in both. */
  titles: Partial<Record<Language, string>>;
  components: { id: string; status: ComponentStatus }[];
  /** What its newest update, held or not, says is not working. */
  stated: Statement[];
  nextUpdateBy: Date | null;
  /** The promised instant once it has passed without a new public update, else null. */
  overdueSince: Date | null;
  /** Who does what is done next. */
  nextActionOwner: { id: string; name: string } | null;
  /** The last time that somebody asked for more help; null without any. */
  escalatedAt: Date | null;
  /** Newest first. */
  updates: TeamUpdate[];
  /** The start and the completion that a maintenance has planned for itself, the next one first. */
  planned: TeamUpdate[];
}

/** Incidents that the actor may see and that satisfy `where`, newest start first unless `first` says what comes before. Four queries, however many incidents. */
export async function readTeamIncidents(
  context: Context,
  where?: SQL,
  limit = 1,
  first: readonly SQL[] = [],
): Promise<TeamIncident[]> {
  return tellIncidents(context, await findTeamIncidents(context, where, limit, first));
}

/** The same without their updates, which `tellIncidents` reads for several lists at once. One query. */
async function findTeamIncidents(context: Context, where?: SQL, limit = 1, first: readonly SQL[] = []) {
  const { tables, read } = context.store;
  const { incidents, categories, users } = tables;
  const since = componentsSince(context.store);
  return read
    .select(teamColumns(context, since))
    .from(incidents)
    .innerJoin(categories, eq(incidents.categoryId, categories.id))
    .leftJoin(users, eq(incidents.nextActionOwnerId, users.id))
    .leftJoin(since, eq(since.categoryId, incidents.categoryId))
    .where(and(visibleIncidents(context), where))
    .orderBy(...first, ...newestStart(context))
    .limit(limit);
}

/** What is read of an incident, joined with its category, the owner of its next action and what its category has components since. */
export function teamColumns({ store }: Context, since: ReturnType<typeof componentsSince>) {
  const { incidents, categories, users, logEntries } = store.tables;
  const escalation = store.read
    .select({ at: logEntries.at })
    .from(logEntries)
    .where(and(eq(logEntries.incidentId, incidents.id), eq(logEntries.kind, 'escalation')))
    .orderBy(desc(logEntries.at))
    .limit(1);
  return {
    incident: incidents,
    category: categories,
    ownerName: users.name,
    escalatedAt: sql<Date | null>`(${escalation})`.mapWith(logEntries.at),
    componentsSince: since.at,
    componentsUntil: since.until,
  };
}

/** In which order incidents stand where a list says nothing else. */
export const newestStart = ({ store }: Context): SQL[] => [
  desc(store.tables.incidents.startedAt),
  desc(store.tables.incidents.id),
];

export type FoundIncident = Awaited<ReturnType<typeof findTeamIncidents>>[number];

/** Incidents that were found, with their updates, in the same order. Three queries, however many. */
export async function tellIncidents(
  context: Context,
  rows: readonly FoundIncident[],
): Promise<TeamIncident[]> {
  const ids = [...new Set(rows.map(({ incident }) => incident.id))];
  const timelines = await readTimelines(context.store, ids);
  return rows.map(({ incident, category, ownerName, escalatedAt, ...speaker }): TeamIncident => {
    const timeline = (timelines.get(incident.id) ?? []).map((update) => ({
      ...update,
      isHeld: !isOut(update, context.now),
    }));
    const { updates, planned } = splitAhead(timeline, context.now);
    const latest = updates[0];
    // Of the updates, not of the row: a planned one counts from its instant on, before its job has run.
    const phase = latest ? latest.phase : incident.phase;
    const told = updates.find((update) => !update.isHeld);
    const ownerId = incident.nextActionOwnerId;
    return {
      ...incident,
      category: { id: category.id, slug: category.slug, name: category.name },
      phase,
      resolvedAt: latest ? endOfTrouble(updates) : incident.resolvedAt,
      titles: latest ? titlesOf(updates) : inEachLanguage(() => incident.internalTitle),
      components: latest?.components ?? [],
      stated: latest ? statedBy({ ...incident, ...speaker }, latest) : [],
      nextUpdateBy: isFinal(phase) ? null : (latest?.nextUpdateBy ?? null),
      overdueSince: isFinal(told?.phase ?? null) ? null : passed(told?.nextUpdateBy ?? null, context.now),
      nextActionOwner: ownerId && ownerName ? { id: ownerId, name: ownerName } : null,
      escalatedAt,
      updates,
      planned: planned.toReversed(),
    };
  });
}
