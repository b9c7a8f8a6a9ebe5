/** The answer of the page in sentences that a person would say; what is affected stands before its predicate. */
import type { ComponentStatus } from '../../../db/words.ts';

type Predicates = Record<Exclude<ComponentStatus, 'operational'>, readonly [one: string, several: string]>;

const predicates: Predicates = {
  degraded_performance: ['is degraded', 'are degraded'],
  partial_outage: ['is partly down', 'are partly down'],
  major_outage: ['is down', 'are down'],
  under_maintenance: ['is under maintenance', 'are under maintenance'],
};

export const headline = {
  predicates,
  allWorking: 'Everything is working.',
  restWorking: 'Everything else is working.',
  moreAffected: (count: number) =>
    count === 1 ? 'One more area is affected.' : `${count} more areas are affected.`,
};
