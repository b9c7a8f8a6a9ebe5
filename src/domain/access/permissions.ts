import type { Role } from '../../../db/words.ts';

/**
 * Who may do what (design §5, R-014 … R-024): the one table. What it does not name is refused. A restricted incident
 * additionally asks `visibility.ts`.
 */
export const permissions = {
  'incidents.read': ['csup', 'sre', 'engineer', 'manager', 'security', 'admin'],
  'incidents.open': ['csup', 'sre', 'manager', 'security', 'admin'],
  'incidents.post-update': ['csup', 'sre', 'manager', 'security', 'admin'],
  'incidents.correct-update': ['csup', 'sre', 'manager', 'security', 'admin'],
  'incidents.classify': ['sre', 'manager', 'admin'],
  'incidents.import': ['admin'],
  'categories.read': ['csup', 'sre', 'engineer', 'manager', 'security', 'admin'],
  'categories.change': ['manager', 'admin'],
  'components.change': ['manager', 'admin'],
  'groups.change': ['manager', 'admin'],
  'templates.read': ['csup', 'sre', 'engineer', 'manager', 'security', 'admin'],
  'templates.approve': ['manager'],
  'users.read': ['manager', 'admin'],
  'users.change': ['admin'],
  'tokens.change-own': ['csup', 'sre', 'engineer', 'manager', 'security', 'admin'],
  'account.change-own': ['csup', 'sre', 'engineer', 'manager', 'security', 'admin'],
  'settings.read': ['csup', 'sre', 'engineer', 'manager', 'security', 'admin'],
  'settings.change': ['admin'],
  'audit.read': ['manager', 'security', 'admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof permissions;
