import { type ComponentStatus, componentStatuses, type Impact } from '../../../db/words.ts';

export const worstStatus = (statuses: Iterable<ComponentStatus>): ComponentStatus => {
  let worst = 0;
  for (const status of statuses) worst = Math.max(worst, componentStatuses.indexOf(status));
  return componentStatuses[worst] ?? 'operational';
};

/** The status that an impact amounts to, where no component is named. */
export const statusOfImpact: Record<Impact, ComponentStatus> = {
  none: 'operational',
  minor: 'degraded_performance',
  major: 'partial_outage',
  critical: 'major_outage',
  maintenance: 'under_maintenance',
};
