/** The window of a maintenance: where it cannot be, what it overlaps, how late it was announced, who is reminded. */
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { fromLocal } from '../../src/domain/core/calendar.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { remindOfMaintenance } from '../../src/domain/incidents/maintenance/remind.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { refusalText } from '../../src/i18n/refusals.ts';
import { duration, timeWindow } from '../../src/i18n/time.ts';
import { describeEachEngine } from '../support/engines.ts';
import { latest, plan, statusPage } from '../support/incidents.ts';
import { asOperator, asUser, iso, minutesLater } from '../support/world.ts';
import { asAnybody, refusal, refusedFor } from './accounts-support.ts';

const hours = (count: number) => count * 60;

describeEachEngine('R-020: the window of a maintenance', (bench) => {
  test('refuses an end before the start, a start in the past, an end that has passed, and moving what runs', async () => {
    const { csup } = await statusPage(bench.store);
    expect(await refusal(plan(csup, 120, 60))).toEqual(refusedFor('scheduledUntil: end_before_start'));
    expect(await refusal(plan(csup, 60, 60))).toEqual(refusedFor('scheduledUntil: end_before_start'));
    expect(await refusal(plan(csup, -10, 60))).toEqual(refusedFor('scheduledFor: start_in_past'));
    expect(await refusal(plan(csup, 0.1, 60, { holdSeconds: 10 }))).toEqual(
      refusedFor('scheduledFor: start_in_past'),
    );
    const { id } = await plan(csup, 60, 120);
    const move = (minutes: number, more: object) =>
      refusal(postUpdate(minutesLater(csup, minutes), id, { occasion: 'scheduled', ...more }));
    expect(await move(1, { scheduledFor: iso(csup, -5) })).toEqual(refusedFor('scheduledFor: start_in_past'));
    expect(await move(1, { scheduledFor: iso(csup, 130) })).toEqual(
      refusedFor('scheduledUntil: end_before_start'),
    );
    expect(await move(1, { scheduledUntil: iso(csup, 30) })).toEqual(
      refusedFor('scheduledUntil: end_before_start'),
    );
    await postUpdate(minutesLater(csup, 60), id, { occasion: 'in_progress' });
    const moved = await move(70, { scheduledFor: iso(csup, 300), scheduledUntil: iso(csup, 330) });
    expect(moved).toMatchObject({ fields: expect.arrayContaining(['scheduledFor: has_started']) });
    const extend = (minutes: number) => ({
      occasion: 'extended',
      slots: { reason: 'one_step' },
      scheduledUntil: iso(csup, minutes),
    });
    expect(await refusal(postUpdate(minutesLater(csup, 100), id, extend(90)))).toEqual(
      refusedFor('scheduledUntil: in_past'),
    );
    expect((await readIncident(csup, id)).scheduledUntil).toEqual(minutesLater(csup, 120).now);
  });

  test('an extension must end later than the present planned end, also of one that waits', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, 60, 120);
    await postUpdate(minutesLater(csup, 60), id, { occasion: 'in_progress' });
    const extend = (at: number, until: number, more: object = {}) =>
      postUpdate(minutesLater(csup, at), id, {
        occasion: 'extended',
        slots: { reason: 'one_step', new_end: iso(csup, until) },
        ...more,
      });
    const tooEarly = refusedFor('slots.new_end: end_not_later');
    for (const until of [90, 120]) expect(await refusal(extend(70, until))).toEqual(tooEarly);
    await extend(70, 150, { holdSeconds: 30 });
    expect(await refusal(extend(70.1, 140))).toEqual(tooEarly);
    await extend(70.1, 180);
    expect(refusalText('de', 'end_not_later')).toContain('Wählen Sie ein späteres Ende');
  });

  test('of a held reschedule stays what it was for the world until then', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, 60, 120);
    const now = minutesLater(csup, 1);
    const times = { scheduledFor: iso(csup, 200), scheduledUntil: iso(csup, 260) };
    await postUpdate(now, id, { occasion: 'scheduled', ...times, holdSeconds: 10 });
    const seen = await readIncidentPage({ ...asAnybody(bench.store), now: now.now }, id);
    expect(seen?.incident).toMatchObject({ scheduledFor: minutesLater(csup, 60).now, updates: [{}] });
    const { outbox } = bench.store.tables;
    const { publishHeldUpdate } = await import('../../src/domain/incidents/updates/publish-held-update.ts');
    const [held] = await bench.store.read.select().from(outbox).where(eq(outbox.kind, 'publish-held-update'));
    for (const _again of [1, 2]) await publishHeldUpdate(minutesLater(csup, 2), held?.payload);
    expect(await readIncident(minutesLater(csup, 2), id)).toMatchObject({
      startedAt: minutesLater(csup, 200).now,
      scheduledFor: minutesLater(csup, 200).now,
      scheduledUntil: minutesLater(csup, 260).now,
    });
  });

  test.each([
    ['the clock goes forward', '2026-03-29', '01:30', '03:30', 60, 'CET/CEST', '00:30–01:30 UTC'],
    [
      'a time that does not exist moves forward',
      '2026-03-29',
      '02:30',
      '04:00',
      30,
      'CEST',
      '01:30–02:00 UTC',
    ],
    [
      'the clock goes back',
      '2026-10-25',
      '01:30',
      '03:30',
      180,
      'CEST/CET',
      '24 Oct 2026, 23:30 – 25 Oct 2026, 02:30 UTC',
    ],
    [
      'a time that comes twice is the first',
      '2026-10-25',
      '02:30',
      '03:30',
      120,
      'CEST/CET',
      '00:30–02:30 UTC',
    ],
  ])(
    'in a night in which %s lasts as long as the clock says',
    async (_what, day, from, until, minutes, names, utc) => {
      const { csup } = await statusPage(bench.store, new Date(`${day}T00:00:00Z`.replace(/-\d\dT/, '-20T')));
      const [start, end] = [
        fromLocal(`${day}T${from}`, 'Europe/Berlin'),
        fromLocal(`${day}T${until}`, 'Europe/Berlin'),
      ];
      const { id } = await openIncident(csup, {
        category: 'api',
        occasion: 'scheduled',
        slots: { effect: 'short_break' },
        scheduledFor: start.toISOString(),
        scheduledUntil: end.toISOString(),
        isAutomatic: true,
      });
      expect((end.getTime() - start.getTime()) / 60_000).toBe(minutes);
      const body = (await latest(csup, id)).texts.en?.body ?? '';
      expect(body).toContain(names);
      expect(body).toContain(utc);
      expect(body).toContain(timeWindow(start, end, 'Europe/Berlin', 'en'));
      const after = { ...asAnybody(bench.store), now: end };
      const { incident } = (await readIncidentPage(after, id)) ?? {};
      expect(incident).toMatchObject({ phase: 'completed', startedAt: start, resolvedAt: end });
      expect(duration(end.getTime() - start.getTime(), 'en')).toBe(
        { 30: '30 min', 60: '1 h', 120: '2 h', 180: '3 h' }[minutes],
      );
    },
  );
});

describeEachEngine('two maintenances of the same components at once', (bench) => {
  const strict = { allowOverlap: false };

  test('are refused with the name and the window of the other one, unless both are meant', async () => {
    const { csup, gateway, webhooks } = await statusPage(bench.store);
    const of = (id: string) => ({ components: { [id]: 'under_maintenance' }, ...strict });
    await plan(csup, 60, 120, of(gateway));
    expect(await refusal(plan(csup, 90, 150, of(gateway)))).toEqual(refusedFor('allowOverlap: overlap'));
    const error = await plan(csup, 90, 150, of(gateway)).catch((refused) => refused);
    const [wrong] = error.fields;
    expect(refusalText('en', wrong.key, wrong.params)).toBe(
      'Another maintenance of the same components overlaps: “Short interruptions”, 20 Nov 2026, 04:12–05:12 CET (03:12–04:12 UTC). Choose another time, or confirm that both may run at once.',
    );
    expect(refusalText('de', wrong.key, wrong.params)).toContain(
      '„Kurze Pausen“, 20. Nov. 2026, 04:12–05:12 MEZ',
    );
    // One right after the other, and one of something else, do not overlap.
    expect(await refusal(plan(csup, 120, 150, of(gateway)))).toBe('not refused');
    expect(await refusal(plan(csup, 30, 60, of(gateway)))).toBe('not refused');
    expect(await refusal(plan(csup, 60, 120, of(webhooks)))).toBe('not refused');
    // One that names no component speaks for its whole category.
    expect(await refusal(plan(csup, 60, 120, strict))).toEqual(refusedFor('allowOverlap: overlap'));
    expect(await refusal(plan(csup, 90, 150, { ...of(gateway), allowOverlap: true }))).toBe('not refused');
  });

  test('are also refused when one is moved there; not when it is over, and an extension is never refused', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const components = { [gateway]: 'under_maintenance' };
    const first = await plan(csup, 60, 120, { components, ...strict });
    const second = await plan(csup, 200, 260, { components, ...strict });
    const there = { occasion: 'scheduled', scheduledFor: iso(csup, 100), scheduledUntil: iso(csup, 160) };
    expect(await refusal(postUpdate(csup, second.id, there))).toEqual(refusedFor('allowOverlap: overlap'));
    expect(await refusal(postUpdate(csup, second.id, { ...there, allowOverlap: true }))).toBe('not refused');
    await postUpdate(minutesLater(csup, 60), first.id, { occasion: 'in_progress' });
    const longer = { occasion: 'extended', slots: { reason: 'one_step' }, scheduledUntil: iso(csup, 150) };
    expect(await refusal(postUpdate(minutesLater(csup, 110), first.id, longer))).toBe('not refused');
    await postUpdate(minutesLater(csup, 115), second.id, { occasion: 'cancelled' });
    expect(await refusal(plan(minutesLater(csup, 116), 40, 60, { components, ...strict }))).toBe(
      'not refused',
    );
  });

  test('R-051: a restricted one is not named to who may not see it', async () => {
    const { csup, security, vault, gateway } = await statusPage(bench.store);
    const components = { [gateway]: 'under_maintenance' };
    await plan(security, 60, 120, { category: 'keys', components, ...strict });
    expect(vault).toBeTruthy();
    expect(await refusal(plan(csup, 60, 120, { components, ...strict }))).toBe('not refused');
    expect(await refusal(plan(security, 60, 120, { components, ...strict }))).toEqual(
      refusedFor('allowOverlap: overlap'),
    );
  });
});

describeEachEngine('U-19: planned work and emergency work', (bench) => {
  const isEmergency = async (context: Context, id: string) => (await readIncident(context, id)).isEmergency;

  test('differ by the notice period at the announcement, and the mark stays', async () => {
    const { csup } = await statusPage(bench.store);
    const late = await plan(csup, hours(72) - 1, hours(80));
    const early = await plan(csup, hours(72), hours(80));
    expect([await isEmergency(csup, late.id), await isEmergency(csup, early.id)]).toEqual([true, false]);
    expect((await isEmergency(minutesLater(csup, hours(71)), early.id)) === false).toBe(true);
    const seen = await readIncidentPage({ ...asAnybody(bench.store), now: csup.now }, late.id);
    expect(seen?.incident.isEmergency).toBe(true);
  });

  test('moving it decides anew; other updates do not; the settings say how long', async () => {
    const { csup, admin } = await statusPage(bench.store);
    const { id } = await plan(csup, hours(10), hours(11));
    expect(await isEmergency(csup, id)).toBe(true);
    const move = (from: number) => ({
      occasion: 'scheduled',
      scheduledFor: iso(csup, hours(from)),
      scheduledUntil: iso(csup, hours(from + 1)),
    });
    await postUpdate(minutesLater(csup, 1), id, move(100));
    expect(await isEmergency(csup, id)).toBe(false);
    await postUpdate(minutesLater(csup, hours(99)), id, {
      occasion: 'no_news',
      texts: { en: { body: 'We are ready.' } },
    });
    expect(await isEmergency(csup, id)).toBe(false);
    await postUpdate(minutesLater(csup, hours(99)), id, move(101));
    expect(await isEmergency(csup, id)).toBe(true);
    await changeSettings(admin, { maintenance_notice_hours: 0 });
    expect(await isEmergency(csup, (await plan(csup, 1, 30)).id)).toBe(false);
    const atOnce = { phase: 'in_progress', occasion: undefined, slots: undefined, kind: 'maintenance' };
    const texts = { en: { title: 'Urgent repair', body: 'We repair this now.' } };
    expect(await isEmergency(csup, (await plan(csup, 0, 30, { ...atOnce, texts })).id)).toBe(false);
    await changeSettings(admin, { maintenance_notice_hours: 24 });
    expect(await isEmergency(csup, (await plan(csup, 0, 30, { ...atOnce, texts })).id)).toBe(true);
  });

  test('one announced 20 days ahead stands on the home page from then on', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, hours(20 * 24), hours(20 * 24 + 2));
    for (const day of [0, 1, 13, 19]) {
      const { planned } = await readHome({
        ...asAnybody(bench.store),
        now: minutesLater(csup, hours(24 * day)).now,
      });
      expect(planned.map((incident) => incident.id)).toEqual([id]);
    }
  });
});

describeEachEngine('R-020: the reminder before a maintenance', (bench) => {
  /** Does what the outbox promised, with everything that is due at that minute, as the runner would. */
  async function remind(context: Context, minutes: number): Promise<void> {
    const { outbox } = bench.store.tables;
    const { now } = minutesLater(context, minutes);
    const rows = await bench.store.read.select().from(outbox).where(eq(outbox.kind, 'remind-of-maintenance'));
    for (const { payload, dueAt } of rows)
      if (dueAt <= now) await remindOfMaintenance(asOperator(bench.store, now), payload);
  }
  const told = async () => {
    const rows = await bench.store.read.select().from(bench.store.tables.notices);
    return rows.map(({ userId, kind, incidentId }) => ({ userId, kind, incidentId }));
  };
  const shift = (context: Context, person: Context, from: number, until: number) =>
    bench.store.transaction(({ db, tables }) =>
      db.insert(tables.rosterShifts).values({
        id: newId(),
        duty: 'csup',
        userId: person.actor.userId ?? '',
        startsAt: minutesLater(context, from).now,
        endsAt: minutesLater(context, until).now,
        createdAt: context.now,
      }),
    );

  test('goes to everybody of customer support without a roster, an hour before, once', async () => {
    const { csup } = await statusPage(bench.store);
    const second = await asUser(bench.store, ['csup', 'sre']);
    const { id } = await plan(csup, 120, 180);
    await remind(csup, 59);
    expect(await told()).toEqual([]);
    for (const minute of [60, 60, 90]) await remind(csup, minute);
    const reminded = (await told()).map(({ userId }) => userId).sort();
    expect(reminded).toEqual([csup.actor.userId, second.actor.userId].sort());
    expect((await told())[0]).toMatchObject({ kind: 'maintenance_reminder', incidentId: id });
  });

  test('goes to who is on call then, and to the next one when the shift changes before the start', async () => {
    const { csup } = await statusPage(bench.store);
    const [now, next, later] = [
      await asUser(bench.store, ['csup']),
      await asUser(bench.store, ['csup']),
      await asUser(bench.store, ['csup']),
    ];
    await shift(csup, now, 0, 90);
    await shift(csup, next, 90, 200);
    await shift(csup, later, 200, 400);
    await plan(csup, 120, 180, { offDutyReason: 'The plan was mine.' });
    await remind(csup, 60);
    expect((await told()).map(({ userId }) => userId).sort()).toEqual(
      [now.actor.userId, next.actor.userId].sort(),
    );
  });

  test('moves with the start, and is not sent for what was cancelled or has begun', async () => {
    const { csup } = await statusPage(bench.store);
    const moved = await plan(csup, 120, 180);
    const cancelled = await plan(csup, 120, 180);
    const begun = await plan(csup, 120, 180);
    const times = { scheduledFor: iso(csup, 300), scheduledUntil: iso(csup, 330) };
    await postUpdate(minutesLater(csup, 5), moved.id, { occasion: 'scheduled', ...times });
    await postUpdate(minutesLater(csup, 5), cancelled.id, { occasion: 'cancelled' });
    await postUpdate(minutesLater(csup, 5), begun.id, { occasion: 'in_progress' });
    await remind(csup, 119);
    expect(await told()).toEqual([]);
    await remind(csup, 240);
    expect((await told()).map(({ incidentId }) => incidentId)).toEqual([moved.id]);
  });

  test('R-051: of a restricted maintenance goes only to who may see it', async () => {
    const { csup, security } = await statusPage(bench.store);
    await plan(security, 120, 180, { category: 'keys' });
    await remind(csup, 60);
    expect(await told()).toEqual([]);
    await shift(csup, security, 0, 400);
    await remind(csup, 61);
    expect((await told()).map(({ userId }) => userId)).toEqual([security.actor.userId]);
  });

  test('asks the clock whether a release is to come still: until then it goes to nobody else', async () => {
    const { csup, security } = await statusPage(bench.store);
    const { id } = await plan(security, 120, 180, { category: 'keys' });
    const { incidents } = bench.store.tables;
    const releaseIn = (minutes: number) =>
      bench.store.transaction(({ db }) =>
        db
          .update(incidents)
          .set({ releasedAt: minutesLater(csup, minutes).now })
          .where(eq(incidents.id, id)),
      );
    await releaseIn(90);
    await remind(csup, 60);
    expect(await told()).toEqual([]);
    await releaseIn(30);
    await remind(csup, 61);
    expect((await told()).map(({ userId }) => userId)).toContain(csup.actor.userId);
  });
});

describeEachEngine('R-075: a maintenance', (bench) => {
  test('that started itself can be corrected like any other update', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, 10, 60, { isAutomatic: true });
    const now = minutesLater(csup, 20);
    const { id: updateId } = await latest(now, id);
    await correctUpdate(now, updateId, {
      texts: { en: { body: 'We have begun a little later than planned.' } },
      isOtherRight: true,
    });
    expect((await latest(now, id)).correctedAt).toEqual(now.now);
  });
});
