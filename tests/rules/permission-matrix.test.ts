import { describe, expect, test } from 'vitest';
import { type Role, roles } from '../../db/words.ts';
import { type Actor, anonymous, isAllowed } from '../../src/domain/core/authorize.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { isDomainError } from '../../src/domain/core/errors.ts';
import { type Action, permissions } from '../../src/domain/core/permissions.ts';
import { routePolicies } from '../../src/http/route-policies.ts';
import { authorisingFunctions, declaredActs } from '../support/acts.ts';

const acts = await declaredActs();

// written by hand from R-014 … R-023, not read from the permission table.
// Columns: csup, sre, engineer, manager, security, admin; y allows, - refuses. A role without a column may do what everybody may.
const everybody = 'everybody';
const expected: Record<Action, string> = {
  'incidents.read': everybody,
  'incidents.open': 'y y - y y y',
  'incidents.post-update': 'y y - y y y',
  'incidents.correct-update': 'y y - y y y',
  'incidents.record': 'y y y y y y',
  'customers.tell': 'y - - - - -',
  'stand-ins.read': 'y - - - - -',
  'incidents.release': '- - - - y -',
  'incidents.name-readers': '- - - - y -',
  'incidents.classify': '- y - y - -',
  'incidents.validate-priority': '- y - y - -',
  'incidents.close': '- y - y - -',
  'incidents.close-urgent': '- - - y - -',
  'incidents.import': '- - - - - y',
  'reports.read': everybody,
  'reports.write': '- y y y y -',
  'reports.author': '- y y - - -',
  'reports.decide': '- - - y - -',
  'reports.approve': '- - - y - -',
  'reports.publish': 'y - - y - -',
  'reports.share': 'y - - y - -',
  'incidents.propose-reclassification': '- y - y - -',
  'reports.propose-not-released': '- - - - y -',
  'milestones.record': '- y y y - -',
  'problems.read': everybody,
  'problems.change': '- y y y - -',
  'problems.close': '- - - y - -',
  'meetings.lead': '- - - y - -',
  'management.read': '- - - y - -',
  'categories.read': everybody,
  'categories.change': '- - - y - y',
  'components.change': '- - - y - y',
  'groups.change': '- - - y - y',
  'templates.read': everybody,
  'templates.change': 'y y - y - y',
  'templates.approve': '- - - y - -',
  'notices.read-own': everybody,
  'roster.read': everybody,
  'roster.change': 'y - - y - y',
  'roster.hand-over': 'y y - y y y',
  'users.read': '- - - y - y',
  'users.change': '- - - - - y',
  'tokens.change-own': everybody,
  'account.change-own': everybody,
  'settings.read': everybody,
  'settings.change': '- - - - - y',
  'audit.read': '- - - y y y',
};

const order: Role[] = ['csup', 'sre', 'engineer', 'manager', 'security', 'admin'];
const withRoles = (...some: Role[]): Actor => ({
  ...anonymous,
  kind: 'user',
  userId: 'x',
  roles: new Set(some),
});

describe('R-024: every action × role is allowed or refused as specified', () => {
  const cells = Object.entries(expected).flatMap(([action, line]) => {
    const columns = line.split(' ');
    return roles.map(
      (role) => [action, role, line === everybody || columns[order.indexOf(role)] === 'y'] as const,
    );
  });
  test.each(cells)('%s by %s: %s', (action, role, allowed) => {
    expect(isAllowed(withRoles(role), action as Action)).toBe(allowed);
  });

  test('the matrix names every action, has a column for no role but ours, and everybody only reads', () => {
    expect(Object.keys(permissions).sort()).toEqual(Object.keys(expected).sort());
    expect(order.filter((role) => !roles.includes(role))).toEqual([]);
    for (const [action, line] of Object.entries(expected)) {
      if (line === everybody) expect(action).toMatch(/\.read$|-own$/);
      else expect(line.split(' ')).toHaveLength(order.length);
    }
  });

  test('a set of roles may do what any of them may, and nothing else', () => {
    const both = withRoles('csup', 'engineer');
    expect(isAllowed(both, 'incidents.open')).toBe(true);
    expect(isAllowed(both, 'incidents.classify')).toBe(false);
  });

  test('nobody without a role may do anything', () => {
    for (const action of Object.keys(expected)) expect(isAllowed(anonymous, action as Action)).toBe(false);
  });

  test('an action that the table does not name is refused, also to an administrator', () => {
    for (const unknown of ['incidents.delete', 'constructor', '__proto__', 'toString', '']) {
      expect(isAllowed(withRoles(...order), unknown as Action)).toBe(false);
    }
  });
});

describe('R-024: an act refuses by the permission that it declares', () => {
  test('whoever has every role but those, before it looks at anything else', async () => {
    const admitted: string[] = [];
    for (const [name, act] of acts) {
      const allowed: readonly Role[] = permissions[act.permission];
      const others = withRoles(...roles.filter((role) => !allowed.includes(role)));
      const nothing = { actor: others, now: new Date(0) } as Context;
      const refusal = await (act.isOnSomething ? act(nothing, 'x', 'x') : act(nothing, 'x')).catch(
        (error: unknown) => error,
      );
      if (!isDomainError(refusal) || refusal.code !== 'forbidden') admitted.push(name);
    }
    expect(admitted).toEqual([]);
  });

  test('a read, and whatever else authorises, refuses somebody without a role before it looks at anything', async () => {
    const admitted: string[] = [];
    const nothing = { actor: withRoles(), now: new Date(0) };
    const reads = await authorisingFunctions();
    expect(reads.size).toBeGreaterThan(40);
    for (const [name, read] of reads) {
      const refusal = await read(nothing, 'x', {}).catch((error: unknown) => error);
      if (!isDomainError(refusal) || refusal.code !== 'forbidden') admitted.push(name);
    }
    expect(admitted).toEqual([]);
  });
});

describe('every route has a policy that exists', () => {
  const known = new Set<string>(['public', 'api', 'open', ...Object.keys(expected)]);
  test.each(Object.entries(routePolicies))('%s: %s', (_route, policy) => {
    expect(known.has(policy)).toBe(true);
  });
});
