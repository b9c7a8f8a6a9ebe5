import { expect, test } from 'vitest';
import { presentAddress } from '../../src/http/former-names.ts';

test.each([
  ['/admin/log', '/admin/not-public'],
  ['/admin/log/?restricted=true', '/admin/not-public?restricted=true'],
  [
    '/admin/log?restricted=true&_action=unpublished.log',
    '/admin/not-public?restricted=true&_action=notPublic.record',
  ],
  ['/admin/incidents/abc?_action=restricted.handOver', '/admin/incidents/abc?_action=restricted.refer'],
  [
    '/admin/incidents/abc?_action=unpublished.label&at=1',
    '/admin/incidents/abc?_action=notPublic.label&at=1',
  ],
])('%s was renamed: it is answered as %s', (before, today) => {
  expect(presentAddress(before)).toBe(today);
});

test.each([
  '/',
  '/admin',
  '/admin/logs',
  '/admin/log/more',
  '/de/history?x=?&_actions=unpublished.log',
  '/admin/incidents/abc?_action=log.add',
  '/admin/incidents/abc?_action=constructor',
  '/admin/?a=1?b=2',
  '*',
  '//admin/log',
])('%s never had another name', (address) => {
  expect(presentAddress(address)).toBe(address);
});
