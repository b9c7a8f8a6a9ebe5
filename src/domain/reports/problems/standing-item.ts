import type { Tables } from '../../../../db/schema.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { noteDueOn } from '../remediation/note-due.ts';
import type { StandingItem } from './standing.ts';

/** What the rules on a problem's standing ask of one item of its plan. */
export const standingItem = (
  item: Tables['remediationItems']['$inferSelect'],
  settings: Pick<Settings, 'effectiveness_days' | 'time_zone'>,
): StandingItem => ({
  state: item.state,
  aim: item.aim,
  dueOn: item.dueOn,
  hasOwner: item.ownerId !== null,
  waivedReason: item.waivedReason,
  noteDueOn: noteDueOn(item, settings),
});
