import { expect, test } from 'vitest';
import type { Context } from '../../src/domain/core/context.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { describeEachEngine } from '../support/engines.ts';
import { latest, plan, say, statusPage } from '../support/incidents.ts';
import { iso, minutesLater, night } from '../support/world.ts';
import { refusal, refusedFor } from './accounts-support.ts';

/** What the home page says of a component, and of the page as a whole. */
async function home(context: Context, componentId: string) {
  const { categories, status, active, planned } = await readHome(context);
  const component = categories
    .flatMap((category) => category.components)
    .find((line) => line.id === componentId);
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
  return { component: component?.status, page: status, active: ids(active), planned: ids(planned) };
}

describeEachEngine('R-020: a maintenance', (bench) => {
  test('is announced, begins, is checked and ends; its components are under maintenance only while it runs', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const { id } = await plan(csup, 60, 120, { components: { [gateway]: 'under_maintenance' } });
    const at = (minutes: number) => minutesLater(csup, minutes);
    const incident = await readIncident(csup, id);
    expect(incident).toMatchObject({
      kind: 'maintenance',
      impact: 'maintenance',
      phase: 'scheduled',
      startedAt: at(60).now,
      scheduledFor: at(60).now,
      scheduledUntil: at(120).now,
      publishedAt: night,
      number: 1,
      titles: { en: 'Short interruptions', de: 'Kurze Pausen' },
    });
    expect(incident.updates[0]?.texts.en?.body).toBe(
      'Short interruptions. Maintenance period: 20 Nov 2026, 04:12–05:12 CET (03:12–04:12 UTC). Affected: Gateway.',
    );
    const before = { component: 'operational', page: 'operational', active: [], planned: [id] };
    expect(await home(at(30), gateway)).toEqual(before);
    // Being announced for a time does not make it begin: somebody says so.
    expect(await home(at(61), gateway)).toEqual(before);

    const running = { component: 'under_maintenance', page: 'under_maintenance', active: [id], planned: [] };
    await postUpdate(at(62), id, { occasion: 'in_progress' });
    expect(await home(at(62), gateway)).toEqual(running);
    expect((await latest(at(62), id)).texts.en?.body).toBe(
      'Short interruptions. The work has been running since 04:14 CET (03:14 UTC) and should finish by 05:12 CET (04:12 UTC).',
    );
    await postUpdate(at(100), id, { occasion: 'verifying' });
    expect(await home(at(100), gateway)).toEqual(running);
    await postUpdate(at(110), id, { occasion: 'completed' });
    expect(await home(at(110), gateway)).toEqual({
      component: 'operational',
      page: 'operational',
      active: [],
      planned: [],
    });
    expect(await readIncident(at(110), id)).toMatchObject({
      phase: 'completed',
      resolvedAt: at(110).now,
      nextUpdateBy: null,
    });
  });

  test('that is cancelled never touched anything', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const { id } = await plan(csup, 60, 120, { components: { [gateway]: 'under_maintenance' } });
    const now = minutesLater(csup, 30);
    await postUpdate(now, id, { occasion: 'cancelled' });
    expect((await latest(now, id)).texts.en?.body).toBe(
      'This maintenance will not take place. Cancelled period: 20 Nov 2026, 04:12–05:12 CET (03:12–04:12 UTC).' +
        ' There is no new date so far; we will announce any new date here.',
    );
    expect(await readIncident(now, id)).toMatchObject({ phase: 'cancelled', resolvedAt: now.now });
    const [line] = (await readHome(now)).categories;
    expect(line).toMatchObject({ status: 'operational', marks: [], incidentCount: 0 });
  });

  test('that names no component means all of its category while it runs', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const { id } = await plan(csup, 60, 120);
    expect((await readHome(csup)).categories[0]).toMatchObject({ slug: 'api', status: 'operational' });
    const now = minutesLater(csup, 60);
    await say(now, id, 'in_progress');
    const { categories } = await readHome(minutesLater(now, 5));
    expect(categories[0]).toMatchObject({
      slug: 'api',
      status: 'under_maintenance',
      marks: [{ day: 89, status: 'under_maintenance' }],
    });
    expect((await home(now, gateway)).component).toBe('under_maintenance');
  });

  test('may only do what comes next', async () => {
    const { csup } = await statusPage(bench.store);
    const phases = ['scheduled', 'in_progress', 'verifying', 'completed', 'cancelled'];
    const allowed: Record<string, string[]> = {
      scheduled: ['scheduled', 'in_progress', 'cancelled'],
      in_progress: ['in_progress', 'verifying', 'completed'],
      verifying: ['in_progress', 'verifying', 'completed'],
      completed: [],
      cancelled: [],
    };
    const way: Record<string, string[]> = {
      scheduled: [],
      in_progress: ['in_progress'],
      verifying: ['in_progress', 'verifying'],
      completed: ['in_progress', 'completed'],
      cancelled: ['cancelled'],
    };
    const found: Record<string, string[]> = {};
    for (const [from, steps] of Object.entries(way)) {
      found[from] = [];
      for (const to of phases) {
        const { id } = await plan(csup, 10, 120);
        for (const [at, step] of steps.entries()) await say(minutesLater(csup, at + 10), id, step);
        const answer = await refusal(say(minutesLater(csup, 20), id, to));
        if (answer === 'not refused') found[from].push(to);
        else
          expect(answer).toEqual(
            refusedFor(allowed[from]?.length ? 'phase: wrong_phase' : 'phase: already_resolved'),
          );
      }
    }
    expect(found).toEqual(allowed);
  });

  test('refuses what belongs to incidents, and an incident what belongs to maintenance', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup);
    const texts = { en: { body: 'Something that does not belong here at all.' } };
    for (const occasion of ['investigating', 'identified', 'monitoring', 'resolved', 'reopened']) {
      expect(await refusal(postUpdate(csup, id, { occasion, texts }))).toEqual(
        refusedFor('occasion: kind_mismatch'),
      );
    }
    expect(await refusal(say(csup, id, 'resolved'))).toEqual(refusedFor('phase: kind_mismatch'));
    expect(await refusal(postUpdate(csup, id, { occasion: 'no_news', texts }))).toBe('not refused');
    const correction = {
      occasion: 'correction',
      slots: { wrong: { en: 'At two' }, right: { en: 'At three' } },
    };
    expect(await refusal(postUpdate(minutesLater(csup, 1), id, correction))).toEqual(
      refusedFor('occasion: correction_elsewhere'),
    );
    expect((await readIncident(minutesLater(csup, 1), id)).phase).toBe('scheduled');
  });

  test('can begin at once, without having been announced', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const { id } = await openIncident(csup, {
      category: 'api',
      kind: 'maintenance',
      phase: 'in_progress',
      texts: { en: { title: 'Urgent repair', body: 'We repair this now.' } },
      components: { [gateway]: 'under_maintenance' },
      scheduledFor: iso(csup, 0),
      scheduledUntil: iso(csup, 30),
    });
    expect(await home(csup, gateway)).toMatchObject({ component: 'under_maintenance', active: [id] });
    expect((await readIncident(csup, id)).nextUpdateBy).toEqual(minutesLater(csup, 30).now);
  });
});

describeEachEngine('the end of a maintenance', (bench) => {
  const newEnd = (context: Context, minutes: number) => ({
    occasion: 'extended',
    slots: { new_end: iso(context, minutes), reason: 'one_step' },
  });

  test('is moved by an extension, with the promise and the text', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, 10, 60);
    await say(minutesLater(csup, 10), id, 'in_progress');
    const now = minutesLater(csup, 50);
    await postUpdate(now, id, newEnd(csup, 90));
    expect(await readIncident(now, id)).toMatchObject({
      phase: 'in_progress',
      scheduledUntil: minutesLater(csup, 90).now,
      nextUpdateBy: minutesLater(csup, 90).now,
    });
    expect((await latest(now, id)).texts.en?.body).toContain(
      'should now finish by 04:42 CET (03:42 UTC). One step takes longer.',
    );
    expect((await readIncidentPage(now, id))?.incident.scheduledUntil).toEqual(minutesLater(csup, 90).now);
    await say(minutesLater(csup, 60), id, 'in_progress', { scheduledUntil: iso(csup, 100) });
    expect((await readIncident(now, id)).scheduledUntil).toEqual(minutesLater(csup, 100).now);
  });

  test('is not moved to where it cannot be, nor before the work runs', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, 10, 60);
    const extend = (minutes: number, at: number) =>
      refusal(postUpdate(minutesLater(csup, at), id, newEnd(csup, minutes)));
    expect(await extend(90, 5)).toEqual(refusedFor('occasion: wrong_phase'));
    await say(minutesLater(csup, 10), id, 'in_progress');
    expect(await extend(10, 50)).toEqual(refusedFor('slots.new_end: end_before_start'));
    expect(await extend(50, 50)).toEqual(refusedFor('slots.new_end: in_past'));
    const withoutEnd = { occasion: 'extended', slots: { reason: 'one_step' } };
    expect(await refusal(postUpdate(minutesLater(csup, 50), id, withoutEnd))).toMatchObject({
      fields: expect.arrayContaining(['slots.new_end: slot_missing']),
    });
    expect(
      await refusal(say(minutesLater(csup, 50), id, 'in_progress', { scheduledUntil: iso(csup, 5) })),
    ).toEqual(refusedFor('scheduledUntil: end_before_start'));
    expect((await readIncident(csup, id)).scheduledUntil).toEqual(minutesLater(csup, 60).now);
  });
});
