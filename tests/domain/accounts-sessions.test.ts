import { expect, test } from 'vitest';
import { StorageError, type Store } from '../../db/store.ts';
import { digestOf } from '../../src/domain/core/audit/append.ts';
import { deleteExpiredSessions } from '../../src/domain/people/sessions/delete-expired.ts';
import { endOwnSession } from '../../src/domain/people/sessions/end-session.ts';
import { listOwnSessions } from '../../src/domain/people/sessions/list-sessions.ts';
import { readSession } from '../../src/domain/people/sessions/read-session.ts';
import { signIn } from '../../src/domain/people/sessions/sign-in.ts';
import { signOut } from '../../src/domain/people/sessions/sign-out.ts';
import { addToken } from '../../src/domain/people/tokens/add-token.ts';
import { readToken } from '../../src/domain/people/tokens/read-token.ts';
import { changeUser } from '../../src/domain/people/users/change-user.ts';
import { describeEachEngine } from '../support/engines.ts';
import { asOperator, asUser, night } from '../support/world.ts';
import {
  asAnybody,
  audits,
  goodPassword,
  lastAudit,
  later,
  person,
  refusal,
  refusedBy,
  refusedFor,
  signedIn,
  withActor,
} from './accounts-support.ts';

const hours = (count: number): Date => later(night, count * 60);

describeEachEngine('sessions', (bench) => {
  const read = (token: string, now: Date = night) => readSession({ store: bench.store, now }, token);

  test('signing in starts a session of seven days, audited as the user’s own act', async () => {
    const { id, email, name } = await person(bench.store, ['csup', 'sre']);
    const input = { email: email.toUpperCase(), password: goodPassword, userAgent: 'Firefox\u0000 ü 150' };
    const session = await signIn(asAnybody(bench.store), input);
    expect(session).toMatchObject({ userId: id, expiresAt: hours(7 * 24) });
    expect(session.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await read(session.token)).toEqual({
      kind: 'user',
      userId: id,
      credentialId: session.sessionId,
      name,
      userName: name,
      email,
      language: 'en',
      roles: new Set(['csup', 'sre']),
    });
    expect(await lastAudit(bench.store)).toMatchObject({
      action: 'session.started',
      actorKind: 'user',
      actorId: id,
      subjectType: 'session',
      subjectId: session.sessionId,
    });
    const [listed] = await listOwnSessions(withActor(bench.store, await read(session.token)));
    expect(listed).toMatchObject({ userAgent: 'Firefox? ? 150' });
  });

  test('an unknown address, a disabled user and a wrong password get one answer and one audit entry each', async () => {
    const { email } = await person(bench.store, ['csup']);
    const disabled = await person(bench.store, ['sre']);
    await changeUser(asOperator(bench.store), disabled.id, { disabled: true });
    const before = (await audits(bench.store)).length;
    const tries = [
      { email: 'nobody@example.com', password: goodPassword },
      { email: disabled.email, password: goodPassword },
      { email, password: `${goodPassword}!` },
      { email, password: '' },
    ];
    for (const input of tries) {
      expect(await refusal(signIn(asAnybody(bench.store), input))).toEqual(
        refusedBy('unauthenticated', 'sign_in_failed'),
      );
    }
    const entries = (await audits(bench.store)).slice(before);
    expect(entries).toHaveLength(tries.length);
    for (const [at, entry] of entries.entries()) {
      expect(entry).toMatchObject({
        action: 'session.refused',
        actorKind: 'system',
        actorId: null,
        subjectId: digestOf('sign-in', tries[at]?.email ?? ''),
        change: {},
      });
    }
  });

  test.each([
    [{}, ['email: required', 'password: required']],
    [{ email: 'nobody', password: 'x' }, ['email: wrong_email']],
    [{ email: 'a@example.com\u0000', password: 'x' }, ['email: wrong_email']],
    [{ email: 'a@example.com', password: 'x'.repeat(257) }, ['password: too_long']],
    [{ email: 'a@example.com', password: 'x', roles: ['admin'] }, ['roles: unknown_field']],
  ])('signing in with %j is refused before anything is hashed or stored', async (input, fields) => {
    expect(await refusal(signIn(asAnybody(bench.store), input))).toEqual(refusedFor(...fields));
    expect(await audits(bench.store)).toHaveLength(0);
  });

  test('who is disabled while the password is checked gets no session', async () => {
    const { id, email } = await person(bench.store, ['csup']);
    const signingIn = refusal(signIn(asAnybody(bench.store), { email, password: goodPassword }));
    await changeUser(asOperator(bench.store), id, { disabled: true });
    await signingIn;
    const { sessions } = bench.store.tables;
    expect(await bench.store.read.select().from(sessions)).toHaveLength(0);
  });

  test('every sign-in gets a session of its own', async () => {
    const { email } = await person(bench.store, ['csup']);
    const [one, two] = [await signedIn(bench.store, email), await signedIn(bench.store, email)];
    expect(one.token).not.toBe(two.token);
    expect(one.sessionId).not.toBe(two.sessionId);
  });

  test.each(['', 'nothing', '\u0000', 'a'.repeat(10_000)])('no session has the token %j', async (token) => {
    expect(await read(token)).toBeNull();
  });

  test('the stored digest is not a token', async () => {
    const { email } = await person(bench.store, ['csup']);
    await signedIn(bench.store, email);
    const [stored] = await bench.store.read.select().from(bench.store.tables.sessions);
    expect(await read(stored?.tokenHash ?? '')).toBeNull();
  });

  test('a session idles out after twelve hours, counted from its last request', async () => {
    const { email } = await person(bench.store, ['csup']);
    const { token } = await signedIn(bench.store, email);
    expect(await read(token, hours(11))).not.toBeNull();
    expect(await read(token, hours(22))).not.toBeNull();
    expect(await read(token, later(hours(34), -1))).not.toBeNull();
    expect(await read(token, later(hours(46), -1))).toBeNull();
    expect(await read(token, hours(46))).toBeNull();
  });

  test('a session ends after seven days, however busy', async () => {
    const { email } = await person(bench.store, ['csup']);
    const { token } = await signedIn(bench.store, email);
    for (let at = 10; at < 7 * 24; at += 10) expect(await read(token, hours(at))).not.toBeNull();
    expect(await read(token, later(hours(7 * 24), -1))).not.toBeNull();
    expect(await read(token, hours(7 * 24))).toBeNull();
  });

  test('the last request is noted at most once a minute, and a clock that jumps back harms nothing', async () => {
    const { email } = await person(bench.store, ['csup']);
    const { token } = await signedIn(bench.store, email);
    const { sessions } = bench.store.tables;
    const seen = async () => (await bench.store.read.select().from(sessions))[0]?.lastSeenAt;
    await read(token, new Date(night.getTime() + 59_999));
    expect(await seen()).toEqual(night);
    await read(token, later(night, 1));
    expect(await seen()).toEqual(later(night, 1));
    expect(await read(token, hours(-5))).not.toBeNull();
    expect(await seen()).toEqual(later(night, 1));
  });

  test('a database that takes no writes signs nobody out', async () => {
    const { email } = await person(bench.store, ['csup']);
    const { token: cookie, context } = await signedIn(bench.store, email);
    const { token } = await addToken(context, { name: 'Desk', roles: ['csup'] });
    const full = (error: Error): Store => ({ ...bench.store, transaction: () => Promise.reject(error) });
    const from = { store: full(new StorageError('disk full')), now: hours(1) };
    expect(await readSession(from, cookie)).not.toBeNull();
    expect(await readToken(from, token)).not.toBeNull();
    await expect(readSession({ ...from, store: full(new Error('a fault of ours')) }, cookie)).rejects.toThrow(
      'fault',
    );
  });

  test('signing out ends this session alone, once', async () => {
    const { id, email } = await person(bench.store, ['csup']);
    const [here, there] = [await signedIn(bench.store, email), await signedIn(bench.store, email)];
    await signOut(here.context);
    expect(await lastAudit(bench.store)).toMatchObject({
      action: 'session.ended',
      actorId: id,
      subjectId: here.sessionId,
    });
    expect(await read(here.token)).toBeNull();
    expect(await read(there.token)).not.toBeNull();
    const entries = (await audits(bench.store)).length;
    await signOut(here.context);
    await signOut(asAnybody(bench.store));
    await signOut(asOperator(bench.store));
    expect(await audits(bench.store)).toHaveLength(entries);
  });

  test('lists one’s own live sessions, the oldest first, and says which one this is', async () => {
    const { email } = await person(bench.store, ['csup']);
    const other = await person(bench.store, ['sre']);
    await signedIn(bench.store, other.email);
    const old = await signedIn(bench.store, email);
    const next = await signedIn(bench.store, email, hours(1));
    const list = await listOwnSessions(next.context);
    expect(list.map(({ id, isCurrent }) => [id, isCurrent])).toEqual([
      [old.sessionId, false],
      [next.sessionId, true],
    ]);
    expect(Object.keys(list[0] ?? {})).not.toContain('tokenHash');
    const muchLater = { ...next.context, now: hours(12.5) };
    expect((await listOwnSessions(muchLater)).map(({ id }) => id)).toEqual([next.sessionId]);
  });

  test('one ends one’s own sessions, and nobody else’s', async () => {
    const { email } = await person(bench.store, ['csup']);
    const admin = await person(bench.store, ['admin']);
    const [mine, theirs] = [await signedIn(bench.store, email), await signedIn(bench.store, admin.email)];
    const unfound = refusedBy('not_found', 'not_found');
    expect(await refusal(endOwnSession(theirs.context, mine.sessionId))).toEqual(unfound);
    expect(await refusal(endOwnSession(mine.context, theirs.sessionId))).toEqual(unfound);
    expect(await refusal(endOwnSession(mine.context, '\u0000'))).toEqual(unfound);
    await endOwnSession(mine.context, mine.sessionId);
    expect(await lastAudit(bench.store)).toMatchObject({
      action: 'session.ended',
      subjectId: mine.sessionId,
    });
    expect(await read(mine.token)).toBeNull();
    expect(await read(theirs.token)).not.toBeNull();
  });

  test('the timetable deletes expired and idle sessions; no role may', async () => {
    const { email } = await person(bench.store, ['csup']);
    await signedIn(bench.store, email);
    const kept = await signedIn(bench.store, email, hours(1));
    expect(await deleteExpiredSessions(asOperator(bench.store, hours(12)))).toEqual({ deleted: 1 });
    expect(await read(kept.token, hours(12))).not.toBeNull();
    expect(await deleteExpiredSessions(asOperator(bench.store, hours(30 * 24)))).toEqual({ deleted: 1 });
    const admin = await asUser(bench.store, ['admin']);
    expect(await refusal(deleteExpiredSessions(admin))).toEqual(refusedBy('forbidden', 'forbidden'));
    expect(await refusal(deleteExpiredSessions(asAnybody(bench.store)))).toEqual(
      refusedBy('unauthenticated', 'unauthenticated'),
    );
  });
});
