import { describe, expect, test } from 'vitest';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { readSettings } from '../../src/domain/core/settings/read-settings.ts';
import { defaultSettings } from '../../src/domain/core/settings/settings.ts';
import { approvePolicy } from '../../src/domain/wording/policy/approve-policy.ts';
import { readApprover, readPolicy } from '../../src/domain/wording/policy/read-policy.ts';
import { policySections } from '../../src/i18n/policy.ts';
import { describeEachEngine } from '../support/engines.ts';
import { spoken } from '../support/in-words.ts';
import { statusPage } from '../support/incidents.ts';
import { minutesLater } from '../support/world.ts';
import { lastAudit, refusal, refusedBy } from './accounts-support.ts';

const text = (language: 'en' | 'de', settings = defaultSettings) =>
  JSON.stringify(policySections(language, settings));

describe('R-013: the policy says what priorities mean and how often we write, from the settings', () => {
  test('in both spoken, section by section', () => {
    const ids = spoken.map((language) => policySections(language, defaultSettings).map(({ id }) => id));
    expect(ids[0]).toEqual(ids[1]);
    expect(new Set(ids[0]).size).toBe(8);
    for (const language of spoken) {
      const [priorities, cadence] = policySections(language, defaultSettings);
      expect(priorities?.terms?.map(([term]) => term)).toEqual(['P0', 'P1', 'P2', 'P3']);
      expect(cadence?.terms).toHaveLength(5);
    }
  });

  test('with the figures as they are set', () => {
    const settings = {
      ...defaultSettings,
      promise_minutes_p0: 17,
      promise_minutes_p1: 120,
      promise_minutes_p2: 1_440,
      promise_minutes_not_reviewed: 1,
      hold_seconds: 0,
      maintenance_notice_hours: 30,
    };
    const english = text('en', settings);
    for (const words of ['17 minutes', '2 hours', '1 day', '1 minute', 'public at once', '30 hours'])
      expect(english).toContain(words);
    const german = text('de', settings);
    for (const words of ['17 Minuten', '2 Stunden', '1 Tag', '1 Minute', 'sofort öffentlich', '30 Stunden'])
      expect(german).toContain(words);
    expect(text('de', { ...settings, promise_minutes_p2: 2_880 })).toContain('innerhalb von 2 Tagen');
  });

  test('R-140: customers and suppliers are told their role, under headings of their own', () => {
    const headings = spoken.map((language) =>
      policySections(language, defaultSettings).flatMap(({ id, heading }) =>
        id === 'customers' || id === 'suppliers' ? [heading] : [],
      ),
    );
    expect(headings).toEqual([
      ['What you do as a customer', 'What you do as a supplier'],
      ['Was Sie als Kunde tun', 'Was Sie als Lieferant tun'],
    ]);
    expect(text('en')).toMatch(/Confirm the fix.*Answer our escalations.*Deliver the cause/s);
    expect(text('de')).toMatch(
      /Bestätigen Sie die Behebung.*Beantworten Sie unsere Eskalationen.*Liefern Sie die Ursache/s,
    );
  });
});

describeEachEngine('R-141: management approves the policy', (bench) => {
  const read = () => readPolicy(bench.store);

  test('a change takes effect at once and is marked until a manager approves it again', async () => {
    const { manager, admin } = await statusPage(bench.store);
    const first = await read();
    expect(first).toMatchObject({ revision: 1, approvedAt: null });
    expect(await approvePolicy(manager, { digest: first.digest })).toEqual({ revision: 1 });
    expect(await read()).toMatchObject({ revision: 1, approvedAt: manager.now });
    expect(await readApprover(admin)).toBe(manager.actor.name);
    expect(await lastAudit(bench.store)).toMatchObject({
      action: 'policy.approved',
      actorId: manager.actor.userId,
      change: { after: { revision: 1, digest: first.digest } },
    });
    const change = minutesLater(admin, 60 * 24 * 30);
    await changeSettings(change, { promise_minutes_p1: 20 });
    const second = await read();
    expect(second).toMatchObject({ revision: 2, approvedAt: null, changedAt: change.now });
    expect(second.settings.promise_minutes_p1).toBe(20);
    await approvePolicy(minutesLater(manager, 60 * 24 * 31), { digest: second.digest });
    expect(await read()).toMatchObject({ revision: 2, approvedAt: minutesLater(manager, 60 * 24 * 31).now });
  });

  test('what is not in the policy changes nothing about it', async () => {
    const { manager, admin } = await statusPage(bench.store);
    const { digest } = await read();
    await approvePolicy(manager, { digest });
    await changeSettings(admin, { organisation_name: 'Other', management_minutes_p0: 5 });
    expect(await read()).toMatchObject({ digest, revision: 1, approvedAt: manager.now });
  });

  test('nobody else approves it: CSUP and administrators are refused', async () => {
    const { csup, admin, sre, security } = await statusPage(bench.store);
    const { digest } = await read();
    for (const context of [csup, admin, sre, security])
      expect(await refusal(approvePolicy(context, { digest }))).toEqual(refusedBy('forbidden', 'forbidden'));
    expect(await read()).toMatchObject({ approvedAt: null });
  });

  test('the revision that was read, not one that came meanwhile; twice is once', async () => {
    const { manager, admin } = await statusPage(bench.store);
    const { digest } = await read();
    await changeSettings(admin, { hold_seconds: 20 });
    expect(await refusal(approvePolicy(manager, { digest }))).toEqual(
      refusedBy('conflict', 'policy_changed'),
    );
    const now = await read();
    await approvePolicy(manager, { digest: now.digest });
    await approvePolicy(minutesLater(manager, 1), { digest: now.digest });
    expect(await read()).toMatchObject({ revision: 1, approvedAt: manager.now });
  });

  test('its row is no setting: the settings read and change as before', async () => {
    const { manager, admin } = await statusPage(bench.store);
    const before = await readSettings(bench.store);
    await approvePolicy(manager, { digest: (await read()).digest });
    expect(await readSettings(bench.store)).toEqual(before);
    await changeSettings(admin, { promise_minutes_p2: 45 });
    expect((await readSettings(bench.store)).promise_minutes_p2).toBe(45);
  });
});
