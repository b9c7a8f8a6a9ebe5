import { z } from 'zod';
import { remediationAims, remediationStates } from '../../../../db/words.ts';
import { anyLanguage, version } from '../../core/fields.ts';
import { day, line, requiredLine } from '../../core/parse.ts';
import { reasonIfAny } from '../../core/reason.ts';

const reference = z.string().max(50).nullable();

/** an action without owner and deadline is none. */
export const addItemInput = z
  .strictObject({
    action: anyLanguage(line(500)),
    aim: z.enum(remediationAims),
    owner: requiredLine(50),
    ownerFunction: anyLanguage(line(100)).optional(),
    group: reference.optional(),
    dueOn: day(),
    isPublic: z.boolean().optional(),
  })
  .meta({ id: 'AddRemediationItem' });

export const changeItemInput = z
  .strictObject({
    action: anyLanguage(line(500)).optional(),
    aim: z.enum(remediationAims).optional(),
    owner: requiredLine(50).optional(),
    ownerFunction: anyLanguage(line(100)).optional(),
    group: reference.optional(),
    isPublic: z.boolean().optional(),
    version: version(),
  })
  .meta({ id: 'ChangeRemediationItem' });

/** A deadline moves with a reason; readers of a commitment see it. */
export const moveItemInput = z
  .strictObject({ dueOn: day(), reason: anyLanguage(reasonIfAny(500)), version: version() })
  .meta({ id: 'MoveRemediationItem' });

export const settleItemInput = z
  .strictObject({
    state: z.enum(remediationStates),
    reason: reasonIfAny().optional(),
    version: version(),
  })
  .meta({ id: 'SettleRemediationItem' });

export const noteEffectivenessInput = z
  .strictObject({ text: requiredLine(1_000), version: version() })
  .meta({ id: 'NoteEffectiveness' });
