import { and, eq, or } from 'drizzle-orm';
import { idPattern } from '../../../db/ids.ts';
import type { Tables } from '../../../db/schema.ts';
import type { Reader } from '../../../db/store.ts';
import type { Context } from '../core/context.ts';
import { DomainError, notFound } from '../core/errors.ts';
import { visibleIncidents } from '../core/visibility.ts';
import { obligationOf } from './obligations/obligation.ts';

export type From = { tables: Tables; read: Pick<Reader, 'select'> };

/** A report with its incident and category, by its own id or that of the incident; not found for who may not see the incident. */
export async function findReport(from: From, context: Context, id: string) {
  if (!idPattern.test(id)) throw notFound();
  const { reports, incidents, categories } = from.tables;
  const [row] = await from.read
    .select({ report: reports, incident: incidents, category: categories })
    .from(reports)
    .innerJoin(incidents, eq(reports.incidentId, incidents.id))
    .innerJoin(categories, eq(incidents.categoryId, categories.id))
    .where(and(or(eq(reports.id, id), eq(reports.incidentId, id)), visibleIncidents(context)));
  if (!row) throw notFound();
  return row;
}

export type FoundReport = Awaited<ReturnType<typeof findReport>>;

/** The state of a report that can be worked on; one that nobody asked for, or whose obligation ended, has none. */
export function requireState({ report, incident }: FoundReport) {
  const { state } = obligationOf(incident.priority, report);
  if (state === null) throw new DomainError('conflict', 'report_not_owed');
  return state;
}

/** Its audit entries are seen by who sees the incident. */
export const restrictedTo = ({ incident }: FoundReport): string | null =>
  incident.isRestricted ? incident.id : null;
