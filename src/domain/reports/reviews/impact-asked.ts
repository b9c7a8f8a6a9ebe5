import type { Audience, Impact, Priority } from '../../../../db/words.ts';

/**
 * Whether readers would see "P0" on the report beside a minor impact, or none, on the page of its incident: that is asked
 * before. Asked at the publication, the only place where readers see a priority.
 */
export const impactAsked = (
  audience: Audience,
  { priority, impact }: { priority: Priority; impact: Impact },
): boolean => audience === 'public' && priority === 'P0' && (impact === 'none' || impact === 'minor');
