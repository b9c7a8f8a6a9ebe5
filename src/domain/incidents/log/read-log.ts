import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Tables } from '../../../../db/schema.ts';
import {
  type EscalationTarget,
  type LogEntryKind,
  type Phase,
  type Priority,
  priorities,
} from '../../../../db/words.ts';
import type { AuditAction } from '../../core/audit/action.ts';
import { authorize } from '../../core/authorize.ts';
import type { Context } from '../../core/context.ts';
import { whoMaySee } from '../../core/visibility.ts';
import { tellingUpdates } from '../promises/telling-updates.ts';
import type { TeamIncident } from '../team-incident.ts';

export type LogLine = { id: string; at: Date } & (
  | {
      kind: LogEntryKind;
      target: EscalationTarget | null;
      toWhom: string;
      text: string;
      by: string | null;
      writtenAt: Date;
    }
  | { kind: 'phase'; phase: Phase }
  | { kind: 'priority'; priority: Priority; text: string; by: string | null }
);

export interface IncidentLog {
  /** Entries, changes of phase and priorities in one line of time, newest first. */
  lines: LogLine[];
  /** Who may own the next action: enabled people who may see the incident. */
  people: { id: string; name: string }[];
  categoryOwner: string | null;
}

const classified = z.object({
  after: z.object({ priority: z.enum(priorities) }),
  reason: z.string().optional(),
});

/** A row of the log, and who wrote it. */
export interface WrittenEntry {
  entry: Tables['logEntries']['$inferSelect'];
  by: string | null;
}

/** What was done on an incident and when, for who was shown the incident already. Four queries. */
export async function readLog(context: Context, incident: TeamIncident): Promise<IncidentLog> {
  authorize(context, 'incidents.read');
  const { tables, read } = context.store;
  const { categories, users } = tables;
  const entries = await readEntries(context, incident.id);
  const priorities = await readPriorityLines(context, incident.id);
  const [category] = await read
    .select({ owner: users.name })
    .from(categories)
    .leftJoin(users, eq(categories.ownerId, users.id))
    .where(eq(categories.id, incident.category.id));
  const people = await whoMaySee(
    context.store,
    { ...incident, categoryId: incident.category.id },
    context.now,
  );
  return {
    lines: linesOf(incident, entries, priorities),
    people: people.map(({ id, name }) => ({ id, name })),
    categoryOwner: category?.owner ?? null,
  };
}

/** What the team wrote into the log of an incident, the oldest first. One query. */
export async function readEntries({ store }: Context, incidentId: string): Promise<WrittenEntry[]> {
  const { logEntries, users } = store.tables;
  return store.read
    .select({ entry: logEntries, by: users.name })
    .from(logEntries)
    .leftJoin(users, eq(logEntries.createdBy, users.id))
    .where(eq(logEntries.incidentId, incidentId))
    .orderBy(asc(logEntries.at), asc(logEntries.createdAt), asc(logEntries.id));
}

/** The priorities that an incident was given, as the audit knows them, the oldest first. One query. */
export async function readPriorityLines({ store }: Context, incidentId: string): Promise<LogLine[]> {
  const { auditEntries, users } = store.tables;
  const rows = await store.read
    .select({
      at: auditEntries.at,
      sequence: auditEntries.sequence,
      change: auditEntries.change,
      by: users.name,
    })
    .from(auditEntries)
    .leftJoin(users, eq(auditEntries.actorId, users.id))
    .where(
      and(
        eq(auditEntries.subjectType, 'incident'),
        eq(auditEntries.subjectId, incidentId),
        eq(auditEntries.action, 'incident.classified' satisfies AuditAction),
      ),
    )
    .orderBy(asc(auditEntries.sequence));
  return rows.flatMap(({ at, sequence, change, by }): LogLine[] => {
    const known = classified.safeParse(JSON.parse(change));
    if (!known.success) return [];
    const { after, reason = '' } = known.data;
    return [{ id: `priority-${sequence}`, at, kind: 'priority', priority: after.priority, text: reason, by }];
  });
}

/** Entries, changes of phase and priorities in one line of time, newest first. Pure. */
export function linesOf(
  incident: TeamIncident,
  entries: readonly WrittenEntry[],
  priorities: readonly LogLine[],
): LogLine[] {
  const told = tellingUpdates(incident.updates.filter((update) => !update.isHeld));
  const lines: LogLine[] = [
    ...entries.map(({ entry, by }): LogLine => {
      const { id, at, kind, target, toWhom, text, createdAt: writtenAt } = entry;
      return { id, at, kind, target, toWhom, text, by, writtenAt };
    }),
    ...told
      .filter(({ update, before }) => update.phase !== before)
      .map(
        ({ update }): LogLine => ({
          id: update.id,
          at: update.publishedAt,
          kind: 'phase',
          phase: update.phase,
        }),
      ),
    ...priorities,
  ];
  // Sorting is stable: what happened at the same instant keeps the order in which it was written.
  return lines.sort((a, b) => a.at.getTime() - b.at.getTime()).reverse();
}
