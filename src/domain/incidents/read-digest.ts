import { and, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Language, Phase, Priority } from '../../../db/words.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { leftOut } from '../core/left-out.ts';
import { parse } from '../core/parse.ts';
import { visibleIncidents } from '../core/visibility.ts';
import { readTeamIncidents } from './team-incident.ts';

export const readDigestInput = z.strictObject({
  /** How many days back what is over still counts; 7 without it. */
  days: z.number().int().min(1).max(90).optional(),
});

/** What somebody inside who was not there must know of an urgent incident. */
export interface DigestLine {
  id: string;
  titles: Partial<Record<Language, string>>;
  priority: Priority;
  phase: Phase | null;
  category: Record<Language, string>;
  /** Who does what is next, else who owns the category; null where nobody does. */
  owner: { id: string; name: string } | null;
  nextAction: string;
  startedAt: Date;
  resolvedAt: Date | null;
  nextUpdateBy: Date | null;
  overdueSince: Date | null;
}

/** Longest digest; more at once nobody reads. */
const longest = 200;

/** The P0 and P1 that are open or ended lately, as far as the actor may see them: the open ones first, then newest start; and how many more there are. Five queries, six when there are too many. */
export async function readDigest(
  context: Context,
  input: unknown = {},
): Promise<{ lines: DigestLine[]; more: number }> {
  authorize(context, 'incidents.read');
  const { days = 7 } = parse(readDigestInput, input);
  const { tables, read } = context.store;
  const { incidents, categories, users } = tables;
  const since = new Date(context.now.getTime() - days * 86_400_000);
  const urgent = and(
    eq(incidents.kind, 'incident'),
    eq(incidents.isReviewed, true),
    inArray(incidents.priority, ['P0', 'P1']),
    or(isNull(incidents.openUntil), gt(incidents.openUntil, since)),
  );
  // What is open comes first, or many that are over could push it out.
  const isOver = sql`case when ${incidents.openUntil} <= ${sql.param(context.now, incidents.openUntil)} then 1 else 0 end`;
  const found = await readTeamIncidents(context, urgent, longest, [isOver]);
  const more = await leftOut(found, longest, () =>
    read.$count(incidents, and(urgent, visibleIncidents(context))),
  );
  const owners = await read
    .select({ categoryId: categories.id, id: users.id, name: users.name })
    .from(categories)
    .innerJoin(users, eq(categories.ownerId, users.id))
    .where(and(isNotNull(categories.ownerId), isNull(users.disabledAt)));
  const lines = found.map((incident) => {
    const owner = owners.find(({ categoryId }) => categoryId === incident.category.id);
    return {
      id: incident.id,
      titles: incident.titles,
      priority: incident.priority,
      phase: incident.phase,
      category: incident.category.name,
      owner: incident.nextActionOwner ?? (owner ? { id: owner.id, name: owner.name } : null),
      nextAction: incident.nextAction,
      startedAt: incident.startedAt,
      resolvedAt: incident.resolvedAt,
      nextUpdateBy: incident.nextUpdateBy,
      overdueSince: incident.overdueSince,
    };
  });
  return { lines, more };
}
