import type { TeamIncident } from '../team-incident.ts';
import type { PromiseFigures } from './promise-figures.ts';
import type { Owed, OwedPromise } from './read-owed.ts';

export interface Management {
  /** Open P0 and P1 with what is owed to each audience, P0 first. */
  urgent: { incident: TeamIncident; customers: OwedPromise | null; management: OwedPromise | null }[];
  /** Of the present month. */
  record: PromiseFigures;
}

/** What management sees at its desk, from what the desk has read already. Pure. */
export function managementOf(open: readonly TeamIncident[], owed: Owed, record: PromiseFigures): Management {
  const urgent = open
    .filter(({ kind, isReviewed, priority }) => kind === 'incident' && isReviewed && /^P[01]$/.test(priority))
    .toSorted((a, b) => (a.priority < b.priority ? -1 : a.priority > b.priority ? 1 : 0));
  const find = (id: string, audience: OwedPromise['audience']): OwedPromise | null =>
    owed.promises.find((promise) => promise.incident.id === id && promise.audience === audience) ?? null;
  return {
    urgent: urgent.map((incident) => ({
      incident,
      customers: find(incident.id, 'customers'),
      management: find(incident.id, 'management'),
    })),
    record,
  };
}
