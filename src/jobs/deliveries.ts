import type { OutboxKind } from '../../db/words.ts';
import type { Context } from '../domain/core/context.ts';
import { publishPlannedUpdate } from '../domain/incidents/maintenance/publish-planned-update.ts';
import { remindOfMaintenance } from '../domain/incidents/maintenance/remind.ts';
import { tellMissedPromise } from '../domain/incidents/promises/tell-missed-promise.ts';
import { publishHeldUpdate } from '../domain/incidents/updates/publish-held-update.ts';
import { deliverTellOfDecision } from '../domain/reports/due/tell-of-decision.ts';
import { deliverTellOfItem } from '../domain/reports/due/tell-of-item.ts';
import { deliverTellOfMeeting } from '../domain/reports/due/tell-of-meeting.ts';
import { deliverTellOfReport } from '../domain/reports/due/tell-of-report.ts';
import { tellReportPublished } from '../domain/reports/due/tell-report-published.ts';

type Delivery = (context: Context, payload: Record<string, unknown>) => Promise<unknown>;

/** What an outbox row of each kind does; one of another version may be unknown here. Each only calls a verb that bears being repeated. */
export const deliveries: Partial<Record<string, Delivery>> = {
  'publish-held-update': publishHeldUpdate,
  'tell-missed-promise': tellMissedPromise,
  'publish-planned-update': publishPlannedUpdate,
  'remind-of-maintenance': remindOfMaintenance,
  'tell-of-report': deliverTellOfReport,
  'tell-report-published': tellReportPublished,
  'tell-of-decision': deliverTellOfDecision,
  'tell-of-item': deliverTellOfItem,
  'tell-of-meeting': deliverTellOfMeeting,
} satisfies Record<OutboxKind, Delivery>;
