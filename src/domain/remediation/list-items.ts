import { asc, eq, isNotNull } from 'drizzle-orm';
import type { Language, RemediationAim, RemediationState } from '../../../db/words.ts';
import { dayOf } from '../../i18n/time.ts';
import { authorize } from '../access/authorize.ts';
import type { Context } from '../context.ts';
import { visibleProblems } from '../problems/find-problem.ts';
import { readSettings } from '../settings/read-settings.ts';
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

/** The items of all problems that the actor may see, the soonest deadline first. Two queries, at most 1,000 items. */
export async function listItems(context: Context): Promise<ItemLine[]> {
  authorize(context, 'problems.read');
  const { tables, read } = context.store;
  const { remediationItems, problems, users } = tables;
  const settings = await readSettings(context.store);
  const today = dayOf(context.now, settings.time_zone);
  const rows = await read
    .select({ item: remediationItems, title: problems.title, ownerName: users.name })
    .from(remediationItems)
    .innerJoin(problems, eq(remediationItems.problemId, problems.id))
    .leftJoin(users, eq(remediationItems.ownerId, users.id))
    .where(visibleProblems(context.store, context))
    // What is still to be done is read first, so that years of settled ones never hide it.
    .orderBy(asc(isNotNull(remediationItems.settledAt)), asc(remediationItems.dueOn))
    .limit(1_000);
  return rows.toSorted(byDeadline).map(({ item, title, ownerName }): ItemLine => {
    const isSettled = item.state === 'done' || item.state === 'waived';
    const owedOn = noteDueOn(item, settings);
    return {
      id: item.id,
      problem: { id: item.problemId, title },
      action: { en: item.actionEn, de: item.actionDe },
      aim: item.aim,
      state: item.state,
      owner: item.ownerId && ownerName ? { id: item.ownerId, name: ownerName } : null,
      ownerFunction: { en: item.ownerFunctionEn, de: item.ownerFunctionDe },
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

type Ordered = { item: { dueOn: string; createdAt: Date; id: string } };

function byDeadline({ item: a }: Ordered, { item: b }: Ordered): number {
  if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1;
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
}
