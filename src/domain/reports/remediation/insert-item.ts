import type { z } from 'zod';
import { newId } from '../../../../db/ids.ts';
import type { Given } from '../../core/act.ts';
import { dayOf } from '../../core/calendar.ts';
import { invalid } from '../../core/errors.ts';
import { retyped, said } from '../../core/localised.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { requireReader } from '../../incidents/restricted/require-reader.ts';
import { remindOfItem } from '../due/tell-of-item.ts';
import { requireGroup } from '../problems/change-problem.ts';
import type { FoundProblem } from '../problems/find-problem.ts';
import { changed, refuseWrongDay } from './item-change.ts';
import type { addItemInput } from './item-input.ts';

/**
 * Writes a new item at the end of a plan, inside the transaction of its verb: words, owner who may see it, deadline from today on.
 * A public one names its owner's function. `path` stands before the fields of a refusal. Returns its id.
 */
export async function insertItem(
  given: Given<'remediation.added'>,
  found: FoundProblem,
  wanted: z.infer<typeof addItemInput>,
  { path = '', position = found.items.length }: { path?: string; position?: number } = {},
): Promise<string> {
  const { tx, context } = given;
  if (!said(wanted.action)) throw invalid(`${path}action`, 'required');
  if (wanted.isPublic && !said(wanted.ownerFunction))
    throw invalid(`${path}ownerFunction`, 'commitment_owner');
  const owner = { id: wanted.owner, path: `${path}owner`, now: context.now };
  await requireReader(tx, found.incidents, owner);
  if (wanted.group) await requireGroup(tx, wanted.group, `${path}group`);
  const { time_zone: zone } = await readSettings(tx);
  refuseWrongDay(wanted.dueOn, dayOf(context.now, zone), `${path}dueOn`);
  const item = {
    action: retyped(wanted.action),
    aim: wanted.aim,
    ownerId: wanted.owner,
    ownerFunction: retyped(wanted.ownerFunction),
    groupId: wanted.group || null,
    firstDueOn: wanted.dueOn,
    dueOn: wanted.dueOn,
    state: 'open' as const,
    isPublic: wanted.isPublic ?? false,
  };
  const id = newId();
  await tx.db.insert(tx.tables.remediationItems).values({
    id,
    problemId: found.problem.id,
    ...item,
    waivedReason: '',
    effectiveness: '',
    position,
    createdAt: context.now,
  });
  await remindOfItem(tx, context, { id, dueOn: item.dueOn });
  await changed(given, found, { action: 'remediation.added', id, after: item });
  return id;
}
