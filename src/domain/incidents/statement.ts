import { min, sql } from 'drizzle-orm';
import type { Tables } from '../../../db/schema.ts';
import type { Reader } from '../../../db/store.ts';
import type { ComponentStatus, Impact, IncidentKind, Phase } from '../../../db/words.ts';
import { statusOfImpact, worstStatus } from './component-status.ts';
import { isFinal, isRunningMaintenance } from './phase.ts';

/** What of an incident decides what it says is affected. */
export interface Speaker {
  kind: IncidentKind;
  impact: Impact;
  categoryId: string;
  /** Since when its category has the oldest of its components, archived ones included; null when it never had one. */
  componentsSince: Date | null;
  /** Until when it had any: when the last one was archived; null while it has one. */
  componentsUntil: Date | null;
}

interface Said {
  phase: Phase;
  publishedAt: Date;
  components: readonly { id: string; status: ComponentStatus }[];
}

/** A component's id, or a category's that has no components to name. */
export interface Statement {
  key: string;
  status: ComponentStatus;
}

/**
 * What an update says is not working: the one rule behind headline, band, categories, components, days, availability and the
 * colour of a card. The components that it names; none when it names none; only a category that had none to name speaks for
 * itself, at the level of the impact, and weighs as much as a component. Over, or not yet running, it says nothing.
 * Availability counts minutes; an incident counts as one of its category whatever it names.
 */
export function statedBy(speaker: Speaker, { phase, publishedAt, components }: Said): Statement[] {
  if (!isTroubled(speaker.kind, phase)) return [];
  const { componentsSince: since, componentsUntil: until } = speaker;
  // As it was then: to archive a component must not change what was said while it was there.
  const isNameless = since === null || since > publishedAt || (until !== null && until <= publishedAt);
  const said =
    components.length === 0 && isNameless
      ? [{ id: speaker.categoryId, status: statusOfImpact[speaker.impact] }]
      : components;
  return said
    .filter(({ status }) => status !== 'operational')
    .map(({ id, status }) => ({ key: id, status: namedStatus(speaker.kind, status) }));
}

/** What a maintenance names is under maintenance, however its author called that: its time is left out of the figures (U-07). */
export const namedStatus = (kind: IncidentKind, status: ComponentStatus): ComponentStatus =>
  kind === 'maintenance' && status !== 'operational' ? 'under_maintenance' : status;

/** Whether what is said in this phase is true at the time: an incident that is open, a maintenance that runs. */
export const isTroubled = (kind: IncidentKind, phase: Phase): boolean =>
  kind === 'incident' ? !isFinal(phase) : isRunningMaintenance(phase);

/** The worst of what an update says; operational when it says nothing. */
export const worstStated = (speaker: Speaker, said: Said): ComponentStatus =>
  worstStatus(statedBy(speaker, said).map(({ status }) => status));

/** For a left join by category: since when each category has components, and until when it had. */
export const componentsSince = ({
  tables: { components },
  read,
}: {
  tables: Tables;
  read: Pick<Reader, 'select'>;
}) =>
  read
    .select({
      categoryId: components.categoryId,
      at: min(components.createdAt).as('since'),
      until:
        sql<Date | null>`case when count(*) = count(${components.archivedAt}) then max(${components.archivedAt}) end`
          .mapWith(components.archivedAt)
          .as('until'),
    })
    .from(components)
    .groupBy(components.categoryId)
    .as('components_since');
