import { expect, test } from 'vitest';
import type { Role } from '../../db/words.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { addToken } from '../../src/domain/people/tokens/add-token.ts';
import { keepToken } from '../../src/domain/people/tokens/keep-token.ts';
import { listAllTokens } from '../../src/domain/people/tokens/list-all-tokens.ts';
import { listOwnTokens, listUserTokens } from '../../src/domain/people/tokens/list-tokens.ts';
import { readToken } from '../../src/domain/people/tokens/read-token.ts';
import { revokeToken } from '../../src/domain/people/tokens/revoke-token.ts';
import { addUser } from '../../src/domain/people/users/add-user.ts';
import { changeOwnPassword } from '../../src/domain/people/users/change-own-password.ts';
import { changeUser } from '../../src/domain/people/users/change-user.ts';
import { setPassword } from '../../src/domain/people/users/set-password.ts';
import { describeEachEngine } from '../support/engines.ts';
import { asOperator, asUser, night } from '../support/world.ts';
import {
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

describeEachEngine('tokens', (bench) => {
  const read = (token: string, now: Date = night) => readToken({ store: bench.store, now }, token);
  const desk = (...roles: Role[]) => ({ name: 'Desk', roles });

  test('a token acts for its user with its own roles', async () => {
    const user = await asUser(bench.store, ['csup', 'sre', 'manager']);
    const { id, token } = await addToken(user, desk('sre', 'csup'));
    expect(token).toMatch(/^klx_[A-Za-z0-9_-]{43}$/);
    expect(await read(token)).toEqual({
      kind: 'token',
      userId: user.actor.userId,
      credentialId: id,
      name: user.actor.name,
      roles: new Set(['csup', 'sre']),
    });
    expect(await lastAudit(bench.store)).toMatchObject({
      action: 'token.added',
      actorId: user.actor.userId,
      subjectType: 'token',
      subjectId: id,
      change: { after: { user: user.actor.userId, name: 'Desk', roles: ['csup', 'sre'] } },
    });
  });

  test('what a token does is audited with its id', async () => {
    const user = await asUser(bench.store, ['csup']);
    const { id, token } = await addToken(user, desk('csup'));
    await addToken(withActor(bench.store, await read(token)), desk('csup'));
    expect(await lastAudit(bench.store)).toMatchObject({ actorKind: 'token', change: { credential: id } });
  });

  test.each([
    [{ name: '' }, ['name: required']],
    [{ name: 'a\nb' }, ['name: line_break']],
    [{ roles: [] }, ['roles: too_small']],
    [{ roles: ['sre', 'sre'] }, ['roles: repeated']],
    [{ roles: ['root'] }, ['roles.0: not_one_of']],
    [{ roles: ['admin'] }, ['roles: roles_not_own']],
    [{ roles: ['sre', 'manager'] }, ['roles: roles_not_own']],
    [{ userId: '\u0000' }, ['userId: wrong_format']],
    [{ tokenHash: 'x' }, ['tokenHash: unknown_field']],
  ])('a token with %j is refused', async (wrong, fields) => {
    const user = await asUser(bench.store, ['sre']);
    expect(await refusal(addToken(user, { ...desk('sre'), ...wrong }))).toEqual(refusedFor(...fields));
    expect(await audits(bench.store)).toHaveLength(0);
  });

  test('a token of few roles cannot make itself one of more, though its user has them', async () => {
    const user = await asUser(bench.store, ['csup', 'admin']);
    const { token } = await addToken(user, desk('csup'));
    const asToken = withActor(bench.store, await read(token));
    expect(await refusal(addToken(asToken, desk('admin')))).toEqual(refusedFor('roles: roles_not_own'));
    const named = { ...desk('admin'), userId: user.actor.userId };
    expect(await refusal(addToken(asToken, named))).toEqual(refusedFor('roles: roles_not_own'));
  });

  test('a token for somebody else needs users.change, and only roles of that user', async () => {
    const [csup, admin] = [await asUser(bench.store, ['csup']), await asUser(bench.store, ['admin'])];
    const userId = csup.actor.userId;
    const foreign = addToken(csup, { ...desk('csup'), userId: admin.actor.userId });
    expect(await refusal(foreign)).toEqual(refusedBy('forbidden', 'forbidden'));
    const tooMuch = addToken(admin, { ...desk('admin'), userId });
    expect(await refusal(tooMuch)).toEqual(refusedFor('roles: roles_not_own'));
    for (const context of [admin, asOperator(bench.store)]) {
      const { token } = await addToken(context, { ...desk('csup'), userId });
      expect(await read(token)).toMatchObject({ userId, roles: new Set(['csup']) });
    }
  });

  test('the operator names a user who is there and enabled', async () => {
    const operator = asOperator(bench.store);
    const { id } = await addUser(operator, { email: 'mara@example.com', name: 'Mara', roles: ['csup'] });
    await changeUser(operator, id, { disabled: true });
    expect(await refusal(addToken(operator, desk('csup')))).toEqual(refusedFor('userId: required'));
    for (const userId of [id, 'zzzzzzzzzzzz']) {
      const answer = await refusal(addToken(operator, { ...desk('csup'), userId }));
      expect(answer).toEqual(refusedFor('userId: unknown_user'));
    }
  });

  test('a token whose user lost all its roles may do nothing', async () => {
    const user = await asUser(bench.store, ['csup']);
    const { token } = await addToken(user, desk('csup'));
    await changeUser(asOperator(bench.store), user.actor.userId ?? '', { roles: ['admin'] });
    const asToken = withActor(bench.store, await read(token));
    expect(await refusal(listOwnTokens(asToken))).toEqual(refusedBy('forbidden', 'forbidden'));
  });

  test('lists one’s own tokens that count, the oldest first, never the tokens', async () => {
    const [user, other] = [await asUser(bench.store, ['csup']), await asUser(bench.store, ['csup'])];
    await addToken(other, desk('csup'));
    const first = await addToken(user, { name: 'First', roles: ['csup'] });
    const gone = await addToken(user, { name: 'Gone', roles: ['csup'] });
    const last = await addToken({ ...user, now: later(night, 1) }, { name: 'Last', roles: ['csup'] });
    await revokeToken(user, gone.id);
    await read(first.token, later(night, 2));
    expect(await listOwnTokens(user)).toEqual([
      {
        id: first.id,
        name: 'First',
        roles: ['csup'],
        createdAt: night,
        lastUsedAt: later(night, 2),
        isUndecided: false,
      },
      {
        id: last.id,
        name: 'Last',
        roles: ['csup'],
        createdAt: later(night, 1),
        lastUsedAt: null,
        isUndecided: false,
      },
    ]);
  });

  test('the last use is noted at most once a minute', async () => {
    const user = await asUser(bench.store, ['csup']);
    const { token } = await addToken(user, desk('csup'));
    const used = async () => (await listOwnTokens(user))[0]?.lastUsedAt;
    await read(token);
    await read(token, new Date(night.getTime() + 59_999));
    expect(await used()).toEqual(night);
    await read(token, later(night, 1));
    expect(await used()).toEqual(later(night, 1));
  });

  test('a revoked token is refused at the next read, and revoking twice leaves one entry', async () => {
    const user = await asUser(bench.store, ['csup']);
    const { id, token } = await addToken(user, desk('csup'));
    await revokeToken(user, id);
    expect(await read(token)).toBeNull();
    expect(await lastAudit(bench.store)).toMatchObject({ action: 'token.revoked', subjectId: id });
    await revokeToken(user, id);
    expect(await audits(bench.store)).toHaveLength(2);
  });

  test('nobody but its user and who may change users revokes a token', async () => {
    const user = await asUser(bench.store, ['csup']);
    const { id, token } = await addToken(user, desk('csup'));
    const unfound = refusedBy('not_found', 'not_found');
    const manager = await asUser(bench.store, ['manager']);
    expect(await refusal(revokeToken(manager, id))).toEqual(unfound);
    expect(await refusal(revokeToken(user, '\u0000'))).toEqual(unfound);
    expect(await refusal(revokeToken(user, 'zzzzzzzzzzzz'))).toEqual(unfound);
    expect(await read(token)).not.toBeNull();
    await revokeToken(await asUser(bench.store, ['admin']), id);
    expect(await read(token)).toBeNull();
  });

  test.each(['', 'klx_', '\u0000', 'a'.repeat(10_000)])('no token is %j', async (token) => {
    expect(await read(token)).toBeNull();
  });
});

describeEachEngine('tokens are listed for a decision when a password changes', (bench) => {
  const other = 'eleven loud herons';
  const wanted = { name: 'Night job', roles: ['csup'] };
  const at = (minutes: number) => later(night, minutes);
  const undecided = async (context: Context): Promise<string[]> =>
    (await listOwnTokens(context)).filter((token) => token.isUndecided).map(({ id }) => id);
  const mara = async () => {
    const { id, email } = await person(bench.store, ['csup']);
    const { context } = await signedIn(bench.store, email);
    const asOf = (minutes: number): Context => ({ ...context, now: at(minutes) });
    return { id, asOf };
  };

  test('by oneself: those of before, until each is kept or revoked; the audit keeps what was said', async () => {
    const { id, asOf } = await mara();
    const [kept, gone] = [await addToken(asOf(0), wanted), await addToken(asOf(1), wanted)];
    const revoked = await addToken(asOf(1), wanted);
    await revokeToken(asOf(1), revoked.id);
    expect(await undecided(asOf(2))).toEqual([]);
    expect(await changeOwnPassword(asOf(5), { current: goodPassword, password: other })).toEqual({
      id,
      undecided: 2,
    });
    expect((await lastAudit(bench.store))?.change).toMatchObject({
      after: { undecidedTokens: [kept.id, gone.id].sort() },
    });
    const later = await addToken(asOf(6), wanted);
    expect(await undecided(asOf(6))).toEqual([kept.id, gone.id]);

    await keepToken(asOf(7), kept.id);
    expect(await lastAudit(bench.store)).toMatchObject({
      action: 'token.kept',
      actorId: id,
      subjectType: 'token',
      subjectId: kept.id,
      change: { after: { user: id, ...wanted, passwordChangedAt: at(5).toISOString() } },
    });
    await revokeToken(asOf(8), gone.id);
    expect(await undecided(asOf(9))).toEqual([]);
    const entries = (await audits(bench.store)).length;
    await keepToken(asOf(9), kept.id);
    await keepToken(asOf(9), later.id);
    expect(await audits(bench.store)).toHaveLength(entries);
    expect(await refusal(keepToken(asOf(9), gone.id))).toEqual(refusedBy('not_found', 'not_found'));

    await changeOwnPassword(asOf(20), { current: other, password: goodPassword });
    expect(await undecided(asOf(20))).toEqual([kept.id, later.id]);
  });

  test('by an administrator or at the command line: both see them, and either decides', async () => {
    const { id, asOf } = await mara();
    const admin = await asUser(bench.store, ['admin'], at(5));
    const [first, second] = [await addToken(asOf(0), wanted), await addToken(asOf(1), wanted)];
    expect(await setPassword(admin, id, { password: other })).toEqual({ id, undecided: 2 });
    const seen = (await listUserTokens(admin, id)).map((token) => [token.id, token.isUndecided]);
    expect(seen).toEqual([
      [first.id, true],
      [second.id, true],
    ]);
    expect(await undecided(asOf(6))).toEqual([first.id, second.id]);
    await revokeToken(admin, second.id);
    await keepToken(asOf(6), first.id);
    expect(await undecided(asOf(6))).toEqual([]);
    const operator = asOperator(bench.store, at(7));
    await setPassword(operator, id, { password: goodPassword });
    expect((await listAllTokens(operator)).map((token) => token.isUndecided)).toEqual([true]);
    await keepToken(operator, first.id);
    expect(await undecided(asOf(8))).toEqual([]);
    expect(await refusal(listUserTokens(asOf(8), id))).toEqual(refusedBy('forbidden', 'forbidden'));
    const colleague = await asUser(bench.store, ['csup']);
    expect(await refusal(keepToken(colleague, first.id))).toEqual(refusedBy('not_found', 'not_found'));
  });

  test('a stolen token neither keeps itself nor makes another one meanwhile', async () => {
    const { asOf } = await mara();
    const { id, token } = await addToken(asOf(0), wanted);
    await changeOwnPassword(asOf(5), { current: goodPassword, password: other });
    const thief = withActor(bench.store, await readToken({ store: bench.store, now: at(6) }, token), at(6));
    expect(await refusal(keepToken(thief, id))).toEqual(refusedBy('forbidden', 'token_decides'));
    expect(await refusal(addToken(thief, wanted))).toEqual(refusedBy('forbidden', 'token_undecided'));
    await keepToken(asOf(7), id);
    expect((await addToken({ ...thief, now: at(8) }, wanted)).token).toMatch(/^klx_/);
  });
});
