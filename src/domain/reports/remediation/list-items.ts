import { and, asc, desc, eq, gt, inArray, lt, or, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { idPattern } from '../../../../db/ids.ts';
import type { Tables } from '../../../../db/schema.ts';
import {
  type Language,
  type RemediationAim,
  type RemediationState,
  remediationStates,
} from '../../../../db/words.ts';
import { authorize } from '../../core/authorize.ts';
import { dayOf } from '../../core/calendar.ts';
import type { Context } from '../../core/context.ts';
import { invalid } from '../../core/errors.ts';
import { parse } from '../../core/parse.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { visibleProblems } from '../problems/find-problem.ts';
import { noteDueOn } from './note-due.ts';

/** An item on the board of all plans. Days as "2026-11-24", in the page's zone. */
export interface ItemLine {
  id: string;
  problem: { id: string; title: string };
  action: Record<Language, string>;
  aim: RemediationAim;
  state: RemediationState;
  owner: { id: string; name: string } | null;
  ownerFunction: Record<Language, string>;
  firstDueOn: string;
  dueOn: string;
  isPublic: boolean;
  isOverdue: boolean;
  settledAt: Date | null;
  waivedReason: string;
  effectiveness: string;
  /** The day from which a note on whether it helped is owed; null when none is. */
  noteDueOn: string | null;
  isNoteOwed: boolean;
}

export const listItemsInput = z.strictObject({
  limit: z.number().int().min(1).max(100).optional(),
  state: z.enum(remediationStates).optional(),
  /** The id of an item; the ones listed after it follow. */
  before: z.string().regex(idPattern).optional(),
});

/**
 * A page of the items of all problems that the actor may see: those still to be done, the soonest deadline first;
 * then the settled ones, the last settled first. `next` is the `before` of the next page, or null. Four queries at most.
 */
export async function listItems(
  context: Context,
  input: unknown = {},
): Promise<{ items: ItemLine[]; next: string | null }> {
  authorize(context, 'problems.read');
  const { limit = 100, state, before } = parse(listItemsInput, input);
  const { remediationItems } = context.store.tables;
  const { id, dueOn, settledAt } = remediationItems;
  const settings = await readSettings(context.store);
  const from = before === undefined ? null : await findCursor(context, before);
  const ofState = state && eq(remediationItems.state, state);
  const due =
    state === 'done' || state === 'waived' || from?.settledAt
      ? []
      : await readLines(
          context,
          settings,
          and(
            ofState ?? inArray(remediationItems.state, ['open', 'in_progress']),
            from ? after(from.dueOn, from.id) : undefined,
          ),
          [asc(dueOn), asc(id)],
          limit + 1,
        );
  const settled =
    state === 'open' || state === 'in_progress' || due.length > limit
      ? []
      : await readLines(
          context,
          settings,
          and(
            ofState ?? inArray(remediationItems.state, ['done', 'waived']),
            from?.settledAt ? settledBefore(from.settledAt, from.id) : undefined,
          ),
          [desc(settledAt), desc(id)],
          limit + 1 - due.length,
        );
  const found = [...due, ...settled];
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };

  function after(day: string, than: string): SQL | undefined {
    return or(gt(dueOn, day), and(eq(dueOn, day), gt(id, than)));
  }
  function settledBefore(at: Date, than: string): SQL | undefined {
    return or(lt(settledAt, at), and(eq(settledAt, at), lt(id, than)));
  }
}

async function findCursor(context: Context, id: string): Promise<Tables['remediationItems']['$inferSelect']> {
  const { remediationItems, problems } = context.store.tables;
  const [from] = await context.store.read
    .select({ item: remediationItems })
    .from(remediationItems)
    .innerJoin(problems, eq(remediationItems.problemId, problems.id))
    .where(and(eq(remediationItems.id, id), visibleProblems(context.store, context)));
  if (!from) throw invalid('before', 'wrong_value');
  return from.item;
}

/** Items that the actor may see and that satisfy `where`. One query. */
export async function readLines(
  context: Context,
  settings: Settings,
  where: SQL | undefined,
  order: SQL[],
  limit: number,
): Promise<ItemLine[]> {
  const { tables, read } = context.store;
  const { remediationItems, problems, users } = tables;
  const today = dayOf(context.now, settings.time_zone);
  const rows = await read
    .select({ item: remediationItems, title: problems.title, ownerName: users.name })
    .from(remediationItems)
    .innerJoin(problems, eq(remediationItems.problemId, problems.id))
    .leftJoin(users, eq(remediationItems.ownerId, users.id))
    .where(and(where, visibleProblems(context.store, context)))
    .orderBy(...order)
    .limit(limit);
  return rows.map(({ item, title, ownerName }): ItemLine => {
    const isSettled = item.state === 'done' || item.state === 'waived';
    const owedOn = noteDueOn(item, settings);
    return {
      id: item.id,
      problem: { id: item.problemId, title },
      action: item.action,
      aim: item.aim,
      state: item.state,
      owner: item.ownerId && ownerName ? { id: item.ownerId, name: ownerName } : null,
      ownerFunction: item.ownerFunction,
      firstDueOn: item.firstDueOn,
      dueOn: item.dueOn,
      isPublic: item.isPublic,
      isOverdue: !isSettled && item.dueOn < today,
      settledAt: item.settledAt,
      waivedReason: item.waivedReason,
      effectiveness: item.effectiveness,
      noteDueOn: owedOn,
      isNoteOwed: owedOn !== null && owedOn <= today,
    };
  });
}
