import type { ComponentStatus, Impact } from '../../../db/words.ts';

/** From none to worst; an incident's impact is the worst it reached and never falls. */
const order: readonly Impact[] = ['none', 'minor', 'major', 'critical'];

/** The impact that component statuses suggest; critical only when every public component is out. */
export function suggestedImpact(statuses: readonly ComponentStatus[], componentCount: number): Impact {
  const out = statuses.filter((status) => status === 'major_outage').length;
  if (out > 0) return out >= componentCount ? 'critical' : 'major';
  return statuses.some((status) => status === 'degraded_performance' || status === 'partial_outage')
    ? 'minor'
    : 'none';
}

export const worseImpact = (a: Impact, b: Impact): Impact => (order.indexOf(b) > order.indexOf(a) ? b : a);
