import { type Role, roles } from '../../../db/words.ts';

/** Whoever is inside reads, and has an account: a new role may do that, and nothing else until a line names it. */
const everybody = roles;

/**
 * Who may do what (R-014 … R-024): the one table. What it does not name is refused. A restricted incident
 * additionally asks `visibility.ts`.
 */
export const permissions = {
  'incidents.read': everybody,
  'incidents.open': ['csup', 'sre', 'manager', 'security', 'admin'],
  'incidents.post-update': ['csup', 'sre', 'manager', 'security', 'admin'],
  'incidents.correct-update': ['csup', 'sre', 'manager', 'security', 'admin'],
  /** What stays inside: an incident that is not public, and why it stays so; its log, next action and labels. */
  'incidents.record': ['csup', 'sre', 'engineer', 'manager', 'security', 'admin'],
  /** Whose duty it is; who does it without says why. */
  'customers.tell': ['csup'],
  /** Why others told customers something in the place of CSUP. */
  'stand-ins.read': ['csup'],
  'incidents.release': ['security'],
  'incidents.name-readers': ['security'],
  /** SRE and management assign the priority; somebody else of them validates it. */
  'incidents.classify': ['sre', 'manager'],
  'incidents.validate-priority': ['sre', 'manager'],
  /** Says what an incident turned out to be and closes it; a P0 or P1 that was no problem only management. */
  'incidents.close': ['sre', 'manager'],
  'incidents.close-urgent': ['manager'],
  'incidents.import': ['admin'],
  'reports.read': everybody,
  'reports.write': ['sre', 'engineer', 'manager', 'security'],
  /** Writes them by trade; of anybody else one asks why. */
  'reports.author': ['sre', 'engineer'],
  'reports.decide': ['manager'],
  'reports.approve': ['manager'],
  'reports.publish': ['csup', 'manager'],
  'reports.share': ['csup', 'manager'],
  'incidents.propose-reclassification': ['sre', 'manager'],
  'reports.propose-not-released': ['security'],
  'milestones.record': ['sre', 'engineer', 'manager'],
  'problems.read': everybody,
  'problems.change': ['sre', 'engineer', 'manager'],
  'problems.close': ['manager'],
  'meetings.lead': ['manager'],
  /** What management looks at, and is told. */
  'management.read': ['manager'],
  'categories.read': everybody,
  'categories.change': ['manager', 'admin'],
  'components.change': ['manager', 'admin'],
  'groups.change': ['manager', 'admin'],
  'templates.read': everybody,
  'templates.change': ['csup', 'sre', 'manager', 'admin'],
  'templates.approve': ['manager'],
  'notices.read-own': everybody,
  'roster.read': everybody,
  'roster.change': ['csup', 'manager', 'admin'],
  'roster.hand-over': ['csup', 'sre', 'manager', 'security', 'admin'],
  'users.read': ['manager', 'admin'],
  'users.change': ['admin'],
  'tokens.change-own': everybody,
  'account.change-own': everybody,
  'settings.read': everybody,
  'settings.change': ['admin'],
  'audit.read': ['manager', 'security', 'admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof permissions;
