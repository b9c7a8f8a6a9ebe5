import type { ComponentStatus, Impact, IncidentKind, Phase } from '../../../../db/words.ts';
import { statusOfImpact } from '../component-status.ts';
import { isFinal, worksAgain } from '../phase.ts';

/**
 * How the components of a category stand when the first update of an incident does not name any: at the level of its effect,
 * else of the impact that was given, else degraded, because something is wrong. Null where nothing is: once it works again only
 * an effect says otherwise. Pure. An empty set is a statement: none, and impact none.
 */
export function preselectedStatus(said: {
  kind: IncidentKind;
  phase: Phase | null;
  effectLevel: ComponentStatus | null;
  impact: Impact | undefined;
}): ComponentStatus | null {
  const { kind, phase, effectLevel, impact } = said;
  if (isFinal(phase)) return null;
  const status =
    kind === 'maintenance'
      ? 'under_maintenance'
      : (effectLevel ?? (worksAgain(phase) ? 'operational' : statusOfImpact[impact ?? 'minor']));
  return status === 'operational' ? null : status;
}
