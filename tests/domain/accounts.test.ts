import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Role, roles } from '../../db/words.ts';
import { digestOf } from '../../src/domain/core/audit/append.ts';
import { verifyAudit } from '../../src/domain/core/audit/verify.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { permissions } from '../../src/domain/core/permissions.ts';
import { completeSetupInput } from '../../src/domain/instance/setup/complete-setup.ts';
import { endOwnSession } from '../../src/domain/people/sessions/end-session.ts';
import { listOwnSessions } from '../../src/domain/people/sessions/list-sessions.ts';
import { readSession } from '../../src/domain/people/sessions/read-session.ts';
import { signIn, signInInput } from '../../src/domain/people/sessions/sign-in.ts';
import { addToken } from '../../src/domain/people/tokens/add-token.ts';
import { keepToken } from '../../src/domain/people/tokens/keep-token.ts';
import { listOwnTokens, listUserTokens } from '../../src/domain/people/tokens/list-tokens.ts';
import { readToken } from '../../src/domain/people/tokens/read-token.ts';
import { revokeToken } from '../../src/domain/people/tokens/revoke-token.ts';
import { addTokenInput } from '../../src/domain/people/tokens/token-input.ts';
import { addUser } from '../../src/domain/people/users/add-user.ts';
import { changeOwnLanguage } from '../../src/domain/people/users/change-own-language.ts';
import { changeOwnPassword } from '../../src/domain/people/users/change-own-password.ts';
import { changeUser } from '../../src/domain/people/users/change-user.ts';
import { findUserByEmail } from '../../src/domain/people/users/find-user.ts';
import { listUsers } from '../../src/domain/people/users/list-users.ts';
import { setPassword } from '../../src/domain/people/users/set-password.ts';
import * as inputs from '../../src/domain/people/users/user-input.ts';
import { describeEachEngine } from '../support/engines.ts';
import { asOperator, asUser, night } from '../support/world.ts';
import {
  asAnybody,
  audits,
  dump,
  goodPassword,
  lastAudit,
  later,
  person,
  refusal,
  refusedBy,
  refusedFor,
  signedIn,
} from './accounts-support.ts';

const newcomer = { email: 'Mara@Example.com', name: 'Mara Lindqvist', roles: ['sre', 'csup'] };
const someId = 'zzzzzzzzzzzz';

describeEachEngine('accounts', (bench) => {
  test('every verb refuses exactly the roles that the table does not name, and the world', async () => {
    const verbs: [keyof typeof permissions, (context: Context) => Promise<unknown>][] = [
      ['users.change', (context) => addUser(context, {})],
      ['users.change', (context) => changeUser(context, someId, {})],
      ['users.change', (context) => setPassword(context, someId, {})],
      ['users.read', (context) => listUsers(context)],
      ['users.read', (context) => findUserByEmail(context, 'nobody@example.com')],
      ['account.change-own', (context) => changeOwnPassword(context, {})],
      ['account.change-own', (context) => changeOwnLanguage(context, {})],
      ['account.change-own', (context) => listOwnSessions(context)],
      ['account.change-own', (context) => endOwnSession(context, someId)],
      ['tokens.change-own', (context) => addToken(context, {})],
      ['tokens.change-own', (context) => listOwnTokens(context)],
      ['tokens.change-own', (context) => revokeToken(context, someId)],
      ['tokens.change-own', (context) => keepToken(context, someId)],
      ['users.change', (context) => listUserTokens(context, someId)],
    ];
    for (const [permission, verb] of verbs) {
      expect(await refusal(verb(asAnybody(bench.store)))).toEqual(
        refusedBy('unauthenticated', 'unauthenticated'),
      );
      for (const role of roles) {
        const answer = await refusal(verb(await asUser(bench.store, [role])));
        const isAllowed = (permissions[permission] as readonly Role[]).includes(role);
        if (isAllowed) expect(answer).not.toEqual(refusedBy('forbidden', 'forbidden'));
        else expect(answer).toEqual(refusedBy('forbidden', 'forbidden'));
      }
    }
  });

  test('the operator has no account of its own', async () => {
    const operator = asOperator(bench.store);
    const passwords = { current: goodPassword, password: 'eleven loud herons' };
    expect(await refusal(changeOwnPassword(operator, passwords))).toEqual(
      refusedBy('forbidden', 'forbidden'),
    );
    expect(await refusal(changeOwnLanguage(operator, { language: 'de' }))).toEqual(
      refusedBy('forbidden', 'forbidden'),
    );
    expect(await refusal(listOwnSessions(operator))).toEqual(refusedBy('forbidden', 'forbidden'));
  });

  test('adding a user without a password tells a random one once, which signs in', async () => {
    const admin = await asUser(bench.store, ['admin']);
    const { id, password } = await addUser(admin, newcomer);
    expect(password?.length).toBeGreaterThanOrEqual(20);
    expect(await signIn(asAnybody(bench.store), { email: 'mara@example.com', password })).toMatchObject({
      userId: id,
    });
    const [added] = await audits(bench.store);
    expect(added).toMatchObject({
      action: 'user.added',
      subjectId: id,
      actorId: admin.actor.userId,
      at: night,
      change: {
        after: {
          email: digestOf(id, 'mara@example.com'),
          name: digestOf(id, newcomer.name),
          roles: ['csup', 'sre'],
          language: 'en',
        },
      },
    });
  });

  test('a given password is not told again, and the e-mail address is kept in lower case', async () => {
    const input = { ...newcomer, password: goodPassword, language: 'de' };
    const { id, password } = await addUser(asOperator(bench.store), input);
    expect(password).toBeNull();
    expect(await findUserByEmail(asOperator(bench.store), 'MARA@example.COM')).toEqual({
      id,
      email: 'mara@example.com',
      name: newcomer.name,
      roles: ['csup', 'sre'],
      language: 'de',
      createdAt: night,
      disabledAt: null,
      passwordChangedAt: null,
      version: 1,
    });
    expect(await findUserByEmail(asOperator(bench.store), 'nobody@example.com')).toBeNull();
  });

  test.each([
    [{ email: 'mara' }, 'email: wrong_email'],
    [{ email: 'mara@example.com\u0000' }, 'email: wrong_email'],
    [{ email: `${'a'.repeat(250)}@example.com` }, 'email: too_long'],
    [{ email: undefined }, 'email: required'],
    [{ name: '  ' }, 'name: required'],
    [{ name: 'Mara\nLindqvist' }, 'name: line_break'],
    [{ name: 'Mara\u0000' }, 'name: control_characters'],
    [{ name: 'x'.repeat(101) }, 'name: too_long'],
    [{ roles: [] }, 'roles: too_small'],
    [{ roles: ['owner'] }, 'roles.0: not_one_of'],
    [{ roles: ['csup', 'csup'] }, 'roles: repeated'],
    [{ language: 'xx' }, 'language: not_one_of'],
    [{ password: 'short' }, 'password: password_short'],
    [{ password: '' }, 'password: password_short'],
    [{ password: 'Password1234!' }, 'password: password_common'],
    [{ password: 'lindqvist2026' }, 'password: password_common'],
    [{ password: 'o'.repeat(257) }, 'password: too_long'],
    [{ passwordHash: 'x' }, 'passwordHash: unknown_field'],
  ])('adding a user with %j is refused', async (wrong, field) => {
    expect(await refusal(addUser(asOperator(bench.store), { ...newcomer, ...wrong }))).toEqual(
      refusedFor(field),
    );
    expect(await audits(bench.store)).toHaveLength(0);
  });

  test('an e-mail address belongs to one user, in any case of letters, also when two add it at once', async () => {
    const add = (email: string) => refusal(addUser(asOperator(bench.store), { ...newcomer, email }));
    const answers = await Promise.all([add('mara@example.com'), add('MARA@EXAMPLE.COM')]);
    expect(answers).toContainEqual('not refused');
    expect(answers).toContainEqual(refusedFor('email: taken'));
  });

  test('lists everybody by name, then id, without password hashes', async () => {
    const operator = asOperator(bench.store);
    for (const [at, name] of ['Zoe', 'Ärmel', 'Bo', 'bo', 'Bo'].entries()) {
      await addUser(operator, { ...newcomer, name, email: `${at}@example.com`, password: goodPassword });
    }
    const users = await listUsers(operator);
    expect(users.map(({ name }) => name)).toEqual(['Ärmel', 'bo', 'Bo', 'Bo', 'Zoe']);
    expect(users[2] && users[3] && users[2].id < users[3].id).toBe(true);
    expect(JSON.stringify(users)).not.toMatch(/argon2|passwordHash/);
  });

  test('changing a user tells before and after, and raises the version', async () => {
    const { id } = await person(bench.store, ['csup']);
    const wanted = { name: 'Mara Otter', roles: ['engineer', 'csup'], language: 'de', version: 1 };
    expect(await changeUser(asOperator(bench.store), id, wanted)).toEqual({ id, version: 2 });
    const [user] = await listUsers(asOperator(bench.store));
    expect(user).toMatchObject({
      name: 'Mara Otter',
      roles: ['csup', 'engineer'],
      language: 'de',
      version: 2,
    });
    expect(await lastAudit(bench.store)).toMatchObject({
      action: 'user.changed',
      actorKind: 'cli',
      change: {
        before: { name: digestOf(id, 'Person csup'), roles: ['csup'], language: 'en' },
        after: { name: digestOf(id, 'Mara Otter'), roles: ['csup', 'engineer'], language: 'de' },
      },
    });
  });

  test('a change that changes nothing leaves no trace', async () => {
    const { id, name } = await person(bench.store, ['csup', 'sre']);
    const same = { name, roles: ['sre', 'csup'], language: 'en', disabled: false };
    expect(await changeUser(asOperator(bench.store), id, same)).toEqual({ id, version: 1 });
    expect(await audits(bench.store)).toHaveLength(1);
  });

  test('a change on an older version is a conflict with both versions', async () => {
    const { id } = await person(bench.store, ['csup']);
    const operator = asOperator(bench.store);
    await changeUser(operator, id, { roles: ['sre'], version: 1 });
    await expect(changeUser(operator, id, { roles: ['engineer'], version: 1 })).rejects.toMatchObject({
      code: 'conflict',
      key: 'conflict_version',
      details: { version: 2, theirs: { roles: ['sre'], disabled: false }, yours: { roles: ['engineer'] } },
    });
  });

  test.each([
    [{ roles: [] }, 'roles: too_small'],
    [{ name: '' }, 'name: required'],
    [{ version: 0 }, 'version: too_small'],
    [{ email: 'new@example.com' }, 'email: unknown_field'],
  ])('changing a user to %j is refused', async (wrong, field) => {
    const { id } = await person(bench.store, ['csup']);
    expect(await refusal(changeUser(asOperator(bench.store), id, wrong))).toEqual(refusedFor(field));
  });

  test.each([someId, 'nobody', '\u0000', ''])('a user %j is not found', async (id) => {
    const answer = refusedBy('not_found', 'not_found');
    expect(await refusal(changeUser(asOperator(bench.store), id, { language: 'de' }))).toEqual(answer);
    expect(await refusal(setPassword(asOperator(bench.store), id, { password: goodPassword }))).toEqual(
      answer,
    );
  });

  test('the last enabled administrator stays one', async () => {
    const operator = asOperator(bench.store);
    const last = await person(bench.store, ['admin']);
    const other = await person(bench.store, ['admin', 'manager']);
    await changeUser(operator, other.id, { disabled: true });
    const answer = refusedBy('conflict', 'last_admin');
    expect(await refusal(changeUser(operator, last.id, { disabled: true }))).toEqual(answer);
    expect(await refusal(changeUser(operator, last.id, { roles: ['manager'] }))).toEqual(answer);
    await changeUser(operator, other.id, { disabled: false });
    expect(await refusal(changeUser(operator, last.id, { roles: ['manager'] }))).toBe('not refused');
  });

  test('two administrators who disable each other at once: one stays', async () => {
    const [one, two] = [await asUser(bench.store, ['admin']), await asUser(bench.store, ['admin'])];
    const answers = await Promise.all([
      refusal(changeUser(one, two.actor.userId ?? '', { disabled: true })),
      refusal(changeUser(two, one.actor.userId ?? '', { disabled: true })),
    ]);
    expect(answers.filter((answer) => answer === 'not refused')).toHaveLength(1);
    expect(answers).toContainEqual(refusedBy('conflict', 'last_admin'));
  });

  test('who is disabled loses sessions and tokens at the next read, and enabling brings neither back', async () => {
    const { id, email } = await person(bench.store, ['csup']);
    const { token: cookie, context } = await signedIn(bench.store, email);
    const { token } = await addToken(context, { name: 'Desk', roles: ['csup'] });
    const from = { store: bench.store, now: night };
    expect(await readToken(from, token)).not.toBeNull();

    await changeUser(asOperator(bench.store), id, { disabled: true });
    expect([await readSession(from, cookie), await readToken(from, token)]).toEqual([null, null]);
    expect(await lastAudit(bench.store)).toMatchObject({
      action: 'user.disabled',
      subjectId: id,
      change: { after: { sessions: 1, tokens: [expect.any(String)] } },
    });

    await changeUser(asOperator(bench.store), id, { disabled: false });
    expect([await readSession(from, cookie), await readToken(from, token)]).toEqual([null, null]);
    expect(await lastAudit(bench.store)).toMatchObject({ action: 'user.enabled', subjectId: id });
    expect((await signedIn(bench.store, email)).userId).toBe(id);
  });

  test('a disabled user’s session and token are refused, also where they are still stored', async () => {
    const { id, email } = await person(bench.store, ['csup']);
    const { token: cookie, context } = await signedIn(bench.store, email);
    const { token } = await addToken(context, { name: 'Desk', roles: ['csup'] });
    await bench.store.transaction(({ db, tables }) =>
      db.update(tables.users).set({ disabledAt: night }).where(eq(tables.users.id, id)),
    );
    const from = { store: bench.store, now: night };
    expect([await readSession(from, cookie), await readToken(from, token)]).toEqual([null, null]);
  });

  test('a change of roles counts at the next read of session and token', async () => {
    const { id, email } = await person(bench.store, ['csup', 'sre']);
    const { token: cookie, context } = await signedIn(bench.store, email);
    const { token } = await addToken(context, { name: 'Both', roles: ['csup', 'sre'] });
    await changeUser(asOperator(bench.store), id, { roles: ['sre', 'manager'] });
    const from = { store: bench.store, now: night };
    expect([...((await readSession(from, cookie))?.roles ?? [])]).toEqual(['sre', 'manager']);
    expect([...((await readToken(from, token))?.roles ?? [])]).toEqual(['sre']);
  });

  test('a password set by an administrator ends all sessions of that user, and only that password works', async () => {
    const { id, email } = await person(bench.store, ['csup']);
    const other = await person(bench.store, ['sre']);
    const [mine, theirs] = [await signedIn(bench.store, email), await signedIn(bench.store, other.email)];
    await setPassword(asOperator(bench.store), id, { password: 'eleven loud herons' });
    expect(await lastAudit(bench.store)).toMatchObject({ action: 'user.password-set', subjectId: id });
    const from = { store: bench.store, now: night };
    expect(await readSession(from, mine.token)).toBeNull();
    expect(await readSession(from, theirs.token)).not.toBeNull();
    const answer = refusedBy('unauthenticated', 'sign_in_failed');
    expect(await refusal(signIn(asAnybody(bench.store), { email, password: goodPassword }))).toEqual(answer);
    await signIn(asAnybody(bench.store), { email, password: 'eleven loud herons' });
  });

  test.each([
    ['short', 'password: password_short'],
    ['csupcsupcsup1', 'password: password_common'],
    ['o'.repeat(257), 'password: too_long'],
  ])('%j is not set as a password, nor chosen', async (password, field) => {
    const { id, email } = await person(bench.store, ['csup']);
    const { context } = await signedIn(bench.store, email);
    expect(await refusal(setPassword(asOperator(bench.store), id, { password }))).toEqual(refusedFor(field));
    const chosen = changeOwnPassword(context, { current: goodPassword, password });
    expect(await refusal(chosen)).toEqual(refusedFor(field));
  });

  test('changing one’s own password needs the present one, keeps this session and ends the others', async () => {
    const { id, email } = await person(bench.store, ['csup']);
    const [here, there] = [await signedIn(bench.store, email), await signedIn(bench.store, email)];
    const wrong = { current: 'not this one at all', password: 'eleven loud herons' };
    expect(await refusal(changeOwnPassword(here.context, wrong))).toEqual(
      refusedFor('current: password_wrong'),
    );
    await changeOwnPassword(here.context, { current: goodPassword, password: 'eleven loud herons' });
    expect(await lastAudit(bench.store)).toMatchObject({
      action: 'user.password-changed',
      actorId: id,
      change: { after: { sessions: 1 } },
    });
    const from = { store: bench.store, now: night };
    expect(await readSession(from, here.token)).not.toBeNull();
    expect(await readSession(from, there.token)).toBeNull();
    await signIn(asAnybody(bench.store), { email, password: 'eleven loud herons' });
  });

  test('of two changes of the same password at once one is refused', async () => {
    const { email } = await person(bench.store, ['csup']);
    const { context } = await signedIn(bench.store, email);
    const change = (password: string) =>
      refusal(changeOwnPassword(context, { current: goodPassword, password }));
    const answers = await Promise.all([change('eleven loud herons'), change('twelve slow badgers')]);
    expect(answers).toContainEqual('not refused');
    expect(answers).toContainEqual(refusedFor('current: password_wrong'));
  });

  test('one’s own language changes once', async () => {
    const { email } = await person(bench.store, ['csup']);
    const { token, context } = await signedIn(bench.store, email);
    await changeOwnLanguage(context, { language: 'de' });
    await changeOwnLanguage(context, { language: 'de' });
    expect(await readSession({ store: bench.store, now: night }, token)).toMatchObject({ language: 'de' });
    const changed = (await audits(bench.store)).filter(({ action }) => action === 'user.changed');
    expect(changed.map(({ change }) => change)).toEqual([
      { before: { language: 'en' }, after: { language: 'de' } },
    ]);
    const wrong = changeOwnLanguage(context, { language: 'xx' });
    expect(await refusal(wrong)).toEqual(refusedFor('language: not_one_of'));
  });

  test('neither passwords nor tokens are stored, and the audit holds no name or address', async () => {
    const { id, email, name } = await person(bench.store, ['csup']);
    const { token: cookie, context } = await signedIn(bench.store, email);
    const { token } = await addToken(context, { name: 'Desk', roles: ['csup'] });
    await changeUser(asOperator(bench.store, later(night, 1)), id, {
      name: 'Mara Lindqvist',
      disabled: true,
    });
    await refusal(signIn(asAnybody(bench.store), { email, password: goodPassword }));
    const stored = await dump(bench.store);
    for (const secret of [goodPassword, cookie, token, token.slice(4)]) expect(stored).not.toContain(secret);
    const trail = JSON.stringify(await audits(bench.store));
    for (const personal of [email, name, 'Lindqvist']) expect(trail).not.toContain(personal);
    expect(await verifyAudit(bench.store)).toMatchObject({ brokenAt: null });
  });
});

test('every input of accounts can be printed as JSON Schema, by its name', () => {
  const schemas = [...Object.values(inputs), signInInput, addTokenInput, completeSetupInput];
  const names = schemas
    .filter((one) => one instanceof z.ZodType)
    .map((schema) => z.toJSONSchema(schema, { io: 'input' }).$ref?.replace('#/$defs/', ''));
  expect(names.sort()).toEqual([
    'AddToken',
    'AddUser',
    'ChangeOwnLanguage',
    'ChangeOwnPassword',
    'ChangeUser',
    'CompleteSetup',
    'SetPassword',
    'SignIn',
  ]);
});
