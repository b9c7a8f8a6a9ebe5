import { expect, test } from 'vitest';
import { readSettings } from '../../src/domain/core/settings/read-settings.ts';
import { completeSetup } from '../../src/domain/instance/setup/complete-setup.ts';
import { createSetupLink, isSetupLinkValid } from '../../src/domain/instance/setup/setup-link.ts';
import { signIn } from '../../src/domain/people/sessions/sign-in.ts';
import { changeUser } from '../../src/domain/people/users/change-user.ts';
import { listUsers } from '../../src/domain/people/users/list-users.ts';
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
} from './accounts-support.ts';

const day = 24 * 60;

describeEachEngine('setup', (bench) => {
  const first = { email: 'Mara@Example.com', name: 'Mara Lindqvist', password: goodPassword };
  const link = async (now: Date = night) =>
    (await createSetupLink(asOperator(bench.store, now))) ?? 'no link';
  const isValid = (token: string, now: Date = night) => isSetupLinkValid(asAnybody(bench.store, now), token);
  const complete = (input: unknown, now: Date = night) => completeSetup(asAnybody(bench.store, now), input);

  test('the link makes the first administrator and names the organisation, once', async () => {
    const token = await link();
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await isValid(token)).toBe(true);
    const more = { organisationName: 'Hafenwerk', timeZone: 'Europe/Vienna', language: 'de' };
    const { id } = await complete({ token, ...first, ...more });
    expect(await listUsers(asOperator(bench.store))).toEqual([
      expect.objectContaining({ id, email: 'mara@example.com', roles: ['manager', 'admin'], language: 'de' }),
    ]);
    expect(await readSettings(bench.store)).toMatchObject({
      organisation_name: 'Hafenwerk',
      time_zone: 'Europe/Vienna',
    });
    const signIns = signIn(asAnybody(bench.store), { email: first.email, password: goodPassword });
    expect(await signIns).toMatchObject({ userId: id });
    expect(await isValid(token)).toBe(false);
    const again = complete({ token, ...first, email: 'second@example.com' });
    expect(await refusal(again)).toEqual(refusedBy('conflict', 'setup_done'));
  });

  test('is audited as the act of the new administrator', async () => {
    const { id } = await complete({ token: await link(), ...first, organisationName: 'Hafenwerk' });
    expect(
      (await audits(bench.store)).map(({ action, actorKind, actorId }) => [action, actorKind, actorId]),
    ).toEqual([
      ['setup.link-made', 'cli', null],
      ['user.added', 'user', id],
      ['settings.changed', 'user', id],
    ]);
  });

  test('without organisation and zone the settings keep their defaults', async () => {
    await complete({ token: await link(), ...first });
    expect(await bench.store.read.select().from(bench.store.tables.settings)).toEqual([]);
    expect(await lastAudit(bench.store)).toMatchObject({ action: 'user.added' });
  });

  test('of two who complete the set-up at once one is refused', async () => {
    const token = await link();
    const answers = await Promise.all([
      refusal(complete({ token, ...first })),
      refusal(complete({ token, ...first, email: 'second@example.com' })),
    ]);
    expect(answers).toContainEqual('not refused');
    expect(answers).toContainEqual(refusedBy('conflict', 'setup_done'));
    expect(await listUsers(asOperator(bench.store))).toHaveLength(1);
  });

  test('a used link stays used, also when no administrator is left', async () => {
    const token = await link();
    const { id } = await complete({ token, ...first });
    await bench.store.transaction(({ db, tables }) => db.update(tables.users).set({ disabledAt: night }));
    expect(id).toBeTruthy();
    expect(await isValid(token)).toBe(false);
    const again = complete({ token, ...first, email: 'second@example.com' });
    expect(await refusal(again)).toEqual(refusedBy('forbidden', 'link_used'));
    const taken = complete({ token: await link(), ...first });
    expect(await refusal(taken)).toEqual(refusedFor('email: taken'));
  });

  test('a crowd without the link cannot make the server hash', async () => {
    await link();
    const crowd = Array.from({ length: 40 }, () => refusal(complete({ token: 'guess', ...first })));
    for (const answer of await Promise.all(crowd))
      expect(answer).toEqual(refusedBy('forbidden', 'link_used'));
  });

  test('the link expires after 24 hours', async () => {
    const token = await link();
    expect(await isValid(token, later(night, day - 1))).toBe(true);
    expect(await isValid(token, later(night, day))).toBe(false);
    const late = complete({ token, ...first }, later(night, day));
    expect(await refusal(late)).toEqual(refusedBy('forbidden', 'link_used'));
    await complete({ token, ...first }, later(night, day - 1));
  });

  test('a new link ends the earlier one', async () => {
    const [old, current] = [await link(), await link()];
    expect([await isValid(old), await isValid(current)]).toEqual([false, true]);
    expect(await refusal(complete({ token: old, ...first }))).toEqual(refusedBy('forbidden', 'link_used'));
    expect(await dump(bench.store)).not.toContain(current);
  });

  test('there is no link while there is an enabled administrator, and an earlier one leads nowhere', async () => {
    const token = await link();
    const admin = await person(bench.store, ['admin']);
    expect(await isValid(token)).toBe(false);
    expect(await refusal(complete({ token, ...first }))).toEqual(refusedBy('conflict', 'setup_done'));
    expect(await createSetupLink(asOperator(bench.store))).toBeNull();
    expect(await bench.store.read.select().from(bench.store.tables.oneTimeLinks)).toEqual([]);
    await person(bench.store, ['manager']);
    const last = changeUser(asOperator(bench.store), admin.id, { disabled: true });
    expect(await refusal(last)).toEqual(refusedBy('conflict', 'last_admin'));
  });

  test('only the operator makes links', async () => {
    const answer = await refusal(createSetupLink(await asUser(bench.store, ['manager', 'security'])));
    expect(answer).toEqual(refusedBy('forbidden', 'forbidden'));
    const world = await refusal(createSetupLink(asAnybody(bench.store)));
    expect(world).toEqual(refusedBy('unauthenticated', 'unauthenticated'));
  });

  test.each([
    [{ token: undefined }, ['token: required']],
    [{ email: 'mara' }, ['email: wrong_email']],
    [{ name: '' }, ['name: required']],
    [{ password: 'short' }, ['password: password_short']],
    [{ password: 'Hafenwerk-2026', organisationName: 'Hafenwerk' }, ['password: password_common']],
    [{ organisationName: '' }, ['organisationName: required']],
    [{ organisationName: 'x'.repeat(61) }, ['organisationName: too_long']],
    [{ timeZone: 'Mars/Olympus' }, ['timeZone: wrong_zone']],
    [{ language: 'xx' }, ['language: not_one_of']],
    [{ roles: ['security'] }, ['roles: unknown_field']],
  ])('%j is refused, and the link stays good', async (wrong, fields) => {
    const token = await link();
    expect(await refusal(complete({ token, ...first, ...wrong }))).toEqual(refusedFor(...fields));
    expect(await isValid(token)).toBe(true);
  });

  test.each(['\u0000', 'x'.repeat(100)])('the token %j opens nothing', async (token) => {
    await link();
    expect(await isValid(token)).toBe(false);
    expect(await refusal(complete({ token, ...first }))).toEqual(refusedBy('forbidden', 'link_used'));
  });
});
