import { and, eq, lt, or, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { idPattern } from '../../../db/ids.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { invalid } from '../core/errors.ts';
import { parse } from '../core/parse.ts';
import { visibleIncidents } from '../core/visibility.ts';
import { readTeamIncidents, type TeamIncident } from './team-incident.ts';

export const listIncidentsInput = z.strictObject({
  limit: z.number().int().min(1).max(100).optional(),
  /** The id of an incident; the ones listed after it follow. */
  before: z.string().regex(idPattern).optional(),
});

/** A page of all incidents that the actor may see, newest start first. `next` is the `before` of the next page, or null. */
export async function listIncidents(
  context: Context,
  input: unknown = {},
): Promise<{ incidents: TeamIncident[]; next: string | null }> {
  authorize(context, 'incidents.read');
  const { limit = 50, before } = parse(listIncidentsInput, input);
  const found = await readTeamIncidents(
    context,
    before ? await olderThan(context, before) : undefined,
    limit + 1,
  );
  const incidents = found.slice(0, limit);
  return { incidents, next: found.length > limit ? (incidents.at(-1)?.id ?? null) : null };
}

async function olderThan(context: Context, id: string): Promise<SQL | undefined> {
  const { incidents } = context.store.tables;
  const [from] = await context.store.read
    .select({ startedAt: incidents.startedAt })
    .from(incidents)
    .where(and(eq(incidents.id, id), visibleIncidents(context)));
  if (!from) throw invalid('before', 'wrong_value');
  return or(
    lt(incidents.startedAt, from.startedAt),
    and(eq(incidents.startedAt, from.startedAt), lt(incidents.id, id)),
  );
}
