import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
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

/** What was done on an incident and when, for who was shown the incident already. A fixed number of queries. */
export async function readLog(context: Context, incident: TeamIncident): Promise<IncidentLog> {
  authorize(context, 'incidents.read');
  const { tables, read } = context.store;
  const { auditEntries, categories, logEntries, users } = tables;
  const entries = await read
    .select({ entry: logEntries, by: users.name })
    .from(logEntries)
    .leftJoin(users, eq(logEntries.createdBy, users.id))
    .where(eq(logEntries.incidentId, incident.id))
    .orderBy(asc(logEntries.at), asc(logEntries.createdAt), asc(logEntries.id));
  const priorityChanges = await read
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
        eq(auditEntries.subjectId, incident.id),
        eq(auditEntries.action, 'incident.classified' satisfies AuditAction),
      ),
    )
    .orderBy(asc(auditEntries.sequence));
  const [category] = await read
    .select({ id: categories.id, owner: users.name })
    .from(categories)
    .leftJoin(users, eq(categories.ownerId, users.id))
    .where(eq(categories.id, incident.category.id));
  const people = await whoMaySee(
    context.store,
    { ...incident, categoryId: incident.category.id },
    context.now,
  );
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
    ...priorityChanges.flatMap(({ at, sequence, change, by }): LogLine[] => {
      const known = classified.safeParse(JSON.parse(change));
      if (!known.success) return [];
      const { after, reason = '' } = known.data;
      return [
        { id: `priority-${sequence}`, at, kind: 'priority', priority: after.priority, text: reason, by },
      ];
    }),
  ];
  return {
    // Sorting is stable: what happened at the same instant keeps the order in which it was written.
    lines: lines.sort((a, b) => a.at.getTime() - b.at.getTime()).reverse(),
    people: people.map(({ id, name }) => ({ id, name })),
    categoryOwner: category?.owner ?? null,
  };
}
