/**
 * An outage whose first word is that it is over: what it asks for, and what it says of components. Its components work again,
 * as the update says; what they were until then stands beside (`was`), and days and figures go by that. Deliveries leave it
 * out.
 */
import type { ComponentStatus, IncidentKind, Phase } from '../../../../db/words.ts';
import type { FieldRefusal } from '../../core/errors.ts';
import { pulledAfter } from '../../core/minute.ts';
import type { StatedComponent, Update } from './timeline.ts';

interface Told {
  kind: IncidentKind;
  startedAt: Date;
  latest: Update | null;
  next?: Update | null;
}

/** Nothing was said while it lasted, and the first word is that it is over. */
export const isToldLater = ({ kind, latest, next }: Omit<Told, 'startedAt'>, phase: Phase | null): boolean =>
  kind === 'incident' && !latest && !next && phase === 'resolved';

/** What of its times cannot be; `end` is null while none was given. All UTC. */
export function toldLaterRefusals(startedAt: Date, end: Date | null, publishedAt: Date): FieldRefusal[] {
  if (end === null) return [{ path: 'endedAt', key: 'end_required' }];
  if (end > publishedAt) return [{ path: 'endedAt', key: 'in_future' }];
  return pulledAfter(end, startedAt) <= startedAt ? [{ path: 'endedAt', key: 'end_not_after_start' }] : [];
}

/** The components of an update that says how an outage was and that it is over. */
export const overAgain = (stated: ReadonlyMap<string, ComponentStatus>): StatedComponent[] =>
  [...stated].map(([id, was]) => ({ id, status: 'operational', was }));

/** What the components were during an outage that was told when it was over; nothing of any other update. */
export const whatWas = (update: Pick<Update, 'components'> | null | undefined): StatedComponent[] =>
  (update?.components ?? []).flatMap(({ id, was }) => (was ? [{ id, status: was }] : []));
