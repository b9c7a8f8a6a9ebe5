import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '../../domain/core/errors.ts';

/** Wrong passwords, at the sign-in and on the account page: per network, and per account from one network. An attacker elsewhere never locks out the person on call. */
const perNetwork = { points: 50, duration: 15 * 60 };
const perAccount = { points: 8, duration: 15 * 60 };

export interface SignInLimits {
  /** Refuses with `rate_limited` when this network, or this account from it, failed too often. */
  check: (address: string, email: string) => Promise<void>;
  /** Counts a failure. */
  fail: (address: string, email: string) => Promise<void>;
  /** Forgets the failures of this account from this network. */
  succeed: (address: string, email: string) => Promise<void>;
}

export function signInLimits(): SignInLimits {
  const networks = new RateLimiterMemory({ ...perNetwork, keyPrefix: 'network' });
  const accounts = new RateLimiterMemory({ ...perAccount, keyPrefix: 'account' });
  const account = (address: string, email: string): string =>
    createHash('sha256')
      .update(`${network(address)} ${email.toLowerCase()}`)
      .digest('base64');
  return {
    async check(address, email) {
      refuseWhenSpent(await networks.get(network(address)), perNetwork.points);
      refuseWhenSpent(await accounts.get(account(address, email)), perAccount.points);
    },
    async fail(address, email) {
      await networks.penalty(network(address));
      await accounts.penalty(account(address, email));
    },
    async succeed(address, email) {
      await accounts.delete(account(address, email));
    },
  };
}

function refuseWhenSpent(state: RateLimiterRes | null, points: number): void {
  if (!state || state.consumedPoints < points) return;
  throw new DomainError('rate_limited', 'too_many_tries', {
    params: {
      minutes: Math.ceil(state.msBeforeNext / 60_000),
      seconds: Math.ceil(state.msBeforeNext / 1_000),
      // The full minute after it, so that who comes then is let in.
      at: new Date(Math.ceil((Date.now() + state.msBeforeNext) / 60_000) * 60_000)
        .toISOString()
        .slice(11, 16),
    },
  });
}

/** One household or company: an IPv4 address, or the /56 of an IPv6 one. */
function network(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const rest = tail.split(':').filter(Boolean);
  const all = [
    ...groups,
    ...Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0'),
    ...rest,
  ];
  return `${all.slice(0, 3).join(':')}:${(all[3] ?? '0').padStart(4, '0').slice(0, 2)}`;
}
