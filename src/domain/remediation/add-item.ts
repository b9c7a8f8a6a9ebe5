import { newId } from '../../../db/ids.ts';
import { dayOf } from '../../i18n/time.ts';
import { authorize } from '../access/authorize.ts';
import type { Context } from '../context.ts';
import { remindOfItem } from '../due/tell-of-item.ts';
import { invalid } from '../errors.ts';
import { parse } from '../parse.ts';
import { findProblem, refuseClosed } from '../problems/find-problem.ts';
import { readSettings } from '../settings/read-settings.ts';
import { requireEnabledUser } from '../users/require-enabled-user.ts';
import { changed, said } from './item-change.ts';
import { addItemInput } from './item-input.ts';

/** Adds an owned action with a deadline to a problem's plan. A public one names its owner's function. */
export async function addItem(context: Context, problemId: string, input: unknown): Promise<{ id: string }> {
  authorize(context, 'problems.change');
  const wanted = parse(addItemInput, input);
  return context.store.transaction(async (tx) => {
    const from = { tables: tx.tables, read: tx.db };
    const found = await findProblem(from, context, problemId);
    refuseClosed(found);
    if (!said(wanted.action)) throw invalid('action', 'required');
    if (wanted.isPublic && !said(wanted.ownerFunction)) throw invalid('ownerFunction', 'commitment_owner');
    await requireEnabledUser(from, wanted.owner, 'owner');
    const { time_zone: zone } = await readSettings(from);
    if (wanted.dueOn < dayOf(context.now, zone)) throw invalid('dueOn', 'in_past');
    const item = {
      actionEn: wanted.action.en?.trim() ?? '',
      actionDe: wanted.action.de?.trim() ?? '',
      aim: wanted.aim,
      ownerId: wanted.owner,
      ownerFunctionEn: wanted.ownerFunction?.en?.trim() ?? '',
      ownerFunctionDe: wanted.ownerFunction?.de?.trim() ?? '',
      groupId: wanted.group ?? null,
      firstDueOn: wanted.dueOn,
      dueOn: wanted.dueOn,
      state: 'open' as const,
      isPublic: wanted.isPublic ?? false,
    };
    const id = newId();
    await tx.db.insert(tx.tables.remediationItems).values({
      id,
      problemId,
      ...item,
      waivedReason: '',
      effectiveness: '',
      position: found.items.length,
      createdAt: context.now,
    });
    await remindOfItem(tx, context, { id, dueOn: item.dueOn });
    await changed(tx, context, found, { action: 'remediation.added', id, after: item });
    return { id };
  });
}
