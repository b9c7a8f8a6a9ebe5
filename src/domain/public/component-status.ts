import {
  type ComponentStatus,
  componentStatuses,
  type Impact,
  type IncidentKind,
  type Phase,
} from '../../../db/words.ts';
import { isFinal, isRunningMaintenance } from '../incidents/phase.ts';

export const worstStatus = (statuses: Iterable<ComponentStatus>): ComponentStatus => {
  let worst = 0;
  for (const status of statuses) worst = Math.max(worst, componentStatuses.indexOf(status));
  return componentStatuses[worst] ?? 'operational';
};

interface Stating {
  kind: IncidentKind;
  phase: Phase;
  components: readonly { id: string; status: ComponentStatus }[];
}

/** What each component is now: the worst that open incidents and running maintenances state (design §8.4). */
export function componentStatusNow(incidents: readonly Stating[]): Map<string, ComponentStatus> {
  const now = new Map<string, ComponentStatus>();
  for (const incident of incidents) {
    if (!isStating(incident)) continue;
    for (const { id, status } of incident.components) {
      now.set(id, worstStatus([now.get(id) ?? 'operational', status]));
    }
  }
  return now;
}

/** Whether what an incident states is true now: it is open, or as a maintenance it runs. */
export const isStating = (incident: Pick<Stating, 'kind' | 'phase'>): boolean =>
  incident.kind === 'incident' ? !isFinal(incident.phase) : isRunningMaintenance(incident.phase);

/** How an open incident without components shows on its category. */
export const statusOfImpact: Record<Impact, ComponentStatus> = {
  none: 'operational',
  minor: 'degraded_performance',
  major: 'partial_outage',
  critical: 'major_outage',
  maintenance: 'under_maintenance',
};
