/** Maintenance that starts and completes itself: true by the clock alone, on both engines. */
import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openStore } from '../../db/client.ts';
import type { Store } from '../../db/store.ts';
import { readDesk } from '../../src/domain/desk/read-desk.ts';
import { deriveIncident } from '../../src/domain/incidents/derive-incident.ts';
import { planEdges } from '../../src/domain/incidents/maintenance/plan-edges.ts';
import { publishPlannedUpdate } from '../../src/domain/incidents/maintenance/publish-planned-update.ts';
import { switchAutomatic } from '../../src/domain/incidents/maintenance/switch-automatic.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { publishHeldUpdate } from '../../src/domain/incidents/updates/publish-held-update.ts';
import { nextChange } from '../../src/domain/public/next-change.ts';
import { readCategoryPage } from '../../src/domain/public/read-category-page.ts';
import { readFeed } from '../../src/domain/public/read-feed.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { readStatus } from '../../src/domain/public/read-status.ts';
import { approveTemplates } from '../../src/domain/wording/templates/approve-templates.ts';
import { expireTemplate } from '../../src/domain/wording/templates/expire-template.ts';
import { type Bench, describeEachEngine } from '../support/engines.ts';
import { edges, latest, plan, say, statusPage } from '../support/incidents.ts';
import { asOperator, iso, minutesLater } from '../support/world.ts';
import { asAnybody, refusal, refusedBy, refusedFor } from './accounts-support.ts';

const automatic = { isAutomatic: true };

/** What the world reads of a maintenance and of its component, as a stranger. */
async function world(store: Store, now: Date, id: string, componentId: string) {
  const context = { ...asAnybody(store), now };
  const page = await readIncidentPage(context, id);
  const { categories, active, planned, status } = await readHome(context);
  const component = categories.flatMap((c) => c.components).find((line) => line.id === componentId);
  const ids = (list: readonly { id: string }[]) => list.map((incident) => incident.id);
  const [stated] = page?.incident.components ?? [];
  return {
    phase: page?.incident.phase,
    updates: page?.incident.updates.length,
    stated: stated?.status,
    component: component?.status,
    page: status,
    active: ids(active),
    planned: ids(planned),
    open: ids((await readStatus(context)).active),
    entries: (await readFeed(context))?.entries.length,
  };
}

/** The edges as the team sees them: what comes by itself, and when. */

/** Runs what the outbox promised for the planned updates of an incident, due or not. */
async function runPlanned(bench: Bench, now: Date): Promise<void> {
  const { outbox } = bench.store.tables;
  const rows = await bench.store.read.select().from(outbox).where(eq(outbox.kind, 'publish-planned-update'));
  for (const { payload } of rows) await publishPlannedUpdate(asOperator(bench.store, now), payload);
}

describeEachEngine('R-020, U-19: a maintenance that starts and completes itself', (bench) => {
  async function planned(from = 60, until = 120, more: object = {}) {
    const page = await statusPage(bench.store);
    const components = { [page.gateway]: 'under_maintenance' };
    const { id } = await plan(page.csup, from, until, { components, ...automatic, ...more });
    return { ...page, id };
  }

  test('clock moved, no write, no prior request: the page says maintenance started, then completed', async () => {
    const { csup, gateway, id } = await planned();
    const at = (minutes: number) => minutesLater(csup, minutes).now;
    const announced = { phase: 'scheduled', updates: 1, component: 'operational', page: 'operational' };
    for (const minutes of [0, 59.999])
      expect(await world(bench.store, at(minutes), id, gateway)).toMatchObject({
        ...announced,
        active: [],
        planned: [id],
        open: [],
        entries: 1,
      });
    const running = {
      phase: 'in_progress',
      updates: 2,
      stated: 'under_maintenance',
      component: 'under_maintenance',
      page: 'under_maintenance',
      active: [id],
      planned: [],
      open: [id],
      entries: 2,
    };
    for (const minutes of [60, 119.999])
      expect(await world(bench.store, at(minutes), id, gateway)).toEqual(running);
    expect(await world(bench.store, at(120), id, gateway)).toEqual({
      phase: 'completed',
      updates: 3,
      stated: 'operational',
      component: 'operational',
      page: 'operational',
      active: [],
      planned: [],
      open: [],
      entries: 3,
    });
    const [row] = await bench.store.read.select().from(bench.store.tables.incidents);
    expect(row).toMatchObject({ phase: 'scheduled', openUntil: null });
  });

  test('says so in the words of the approved templates, in both languages', async () => {
    const { csup, id } = await planned();
    const later = { ...asAnybody(bench.store), now: minutesLater(csup, 120).now };
    const [end, start] = (await readIncidentPage(later, id))?.incident.updates ?? [];
    expect(start?.texts.en).toMatchObject({
      title: 'Short interruptions',
      body: 'Short interruptions. The work has been running since 04:12 CET (03:12 UTC) and should finish by 05:12 CET (04:12 UTC).',
    });
    expect(start?.texts.de?.body).toContain('Die Arbeiten laufen seit 04:12 MEZ');
    expect(end?.texts.en).toMatchObject({
      title: 'Short interruptions',
      body: 'The work has been complete since 05:12 CET (04:12 UTC), and service is normal.',
    });
    expect(end?.texts.de?.body).toContain('Die Arbeiten sind seit 05:12 MEZ');
    expect([start?.isPostedLater, end?.isPostedLater]).toEqual([false, false]);
  });

  test('its page is made anew at both instants, and the team sees the same without any write', async () => {
    const { csup, id } = await planned();
    const next = async (minutes: number) =>
      (await nextChange(minutesLater(csup, minutes), 'UTC')).toISOString();
    expect(await next(0)).toBe(iso(csup, 60));
    expect(await next(60)).toBe(iso(csup, 120));
    const { phase, components, nextUpdateBy } = await readIncident(minutesLater(csup, 60), id);
    expect({ phase, components: components.length, nextUpdateBy }).toEqual({
      phase: 'in_progress',
      components: 1,
      nextUpdateBy: minutesLater(csup, 120).now,
    });
    const ended = await readIncident(minutesLater(csup, 120), id);
    expect(ended).toMatchObject({
      phase: 'completed',
      resolvedAt: minutesLater(csup, 120).now,
      nextUpdateBy: null,
    });
    const open = async (minutes: number) => (await readDesk(minutesLater(csup, minutes))).open.length;
    expect([await open(0), await open(60), await open(119), await open(120)]).toEqual([1, 1, 1, 0]);
    const tile = (await readDesk(minutesLater(csup, 60))).tiles.find(({ slug }) => slug === 'api');
    expect(tile?.status).toBe('under_maintenance');
    const category = await readCategoryPage(
      { ...asAnybody(bench.store), now: minutesLater(csup, 120).now },
      'api',
    );
    expect(category?.past.map((incident) => incident.id)).toEqual([id]);
  });

  test('what is planned counts for nothing before its instant: not for the team, the next update, nor a correction', async () => {
    const { csup, id } = await planned();
    const incident = await readIncident(csup, id);
    expect(incident).toMatchObject({ phase: 'scheduled', resolvedAt: null, updates: [{}] });
    expect(incident.updates).toHaveLength(1);
    expect(incident.planned.map((update) => update.isHeld)).toEqual([true, true]);
    const start = incident.planned[0]?.id ?? '';
    const words = { texts: { en: { body: 'Other words than the template has.' } } };
    expect(await refusal(correctUpdate(csup, start, words))).toEqual(refusedBy('conflict', 'held'));
    await postUpdate(minutesLater(csup, 1), id, {
      occasion: 'no_news',
      texts: { en: { body: 'We are ready.' } },
    });
    expect(await latest(minutesLater(csup, 1), id)).toMatchObject({
      phase: 'scheduled',
      displayAt: minutesLater(csup, 1).now,
    });
  });

  test('its job brings the row in line, once, and says in the audit that it did', async () => {
    const { csup, manager, id } = await planned();
    const { incidents, auditEntries } = bench.store.tables;
    const row = async () => (await bench.store.read.select().from(incidents).where(eq(incidents.id, id)))[0];
    await runPlanned(bench, csup.now);
    expect(await row()).toMatchObject({ phase: 'scheduled', number: 1 });
    for (const _again of [1, 2]) await runPlanned(bench, minutesLater(csup, 60).now);
    expect(await row()).toMatchObject({ phase: 'in_progress', openUntil: null, resolvedAt: null });
    for (const _again of [1, 2]) await runPlanned(bench, minutesLater(csup, 121).now);
    const end = minutesLater(csup, 120).now;
    expect(await row()).toMatchObject({ phase: 'completed', openUntil: end, resolvedAt: end, number: 1 });
    const told = await bench.store.read
      .select({ action: auditEntries.action, by: auditEntries.actorKind })
      .from(auditEntries)
      .where(and(eq(auditEntries.subjectId, id), eq(auditEntries.actorKind, 'cli')))
      .orderBy(auditEntries.sequence);
    expect(told.map(({ action }) => action)).toEqual([
      'maintenance.started-itself',
      'maintenance.completed-itself',
    ]);
    expect(manager.actor.userId).toBeTruthy();
  });

  test('is left out of the availability, and shown as what it was', async () => {
    const { csup, gateway, id } = await planned();
    const { categories } = await readHome({
      ...asAnybody(bench.store),
      now: minutesLater(csup, 24 * 60).now,
    });
    const component = categories.flatMap((c) => c.components).find((line) => line.id === gateway);
    expect(component).toMatchObject({
      availability: 100,
      incidentCount: 0,
      marks: [{ day: 88, status: 'under_maintenance', minutes: 60 }],
    });
    expect((await readIncident(csup, id)).kind).toBe('maintenance');
  });

  test('a restart in between changes nothing', async () => {
    const { csup, gateway, id } = await planned();
    const again = await openStore(bench.url);
    try {
      expect(await world(again, minutesLater(csup, 61).now, id, gateway)).toMatchObject({
        phase: 'in_progress',
        component: 'under_maintenance',
      });
      expect(await world(again, minutesLater(csup, 500).now, id, gateway)).toMatchObject({
        phase: 'completed',
        component: 'operational',
      });
    } finally {
      await again.close();
    }
  });

  test('started by hand before: the planned start goes, the completion stays', async () => {
    const { csup, gateway, id } = await planned();
    expect(await edges(csup, id)).toEqual([
      ['in_progress', iso(csup, 60)],
      ['completed', iso(csup, 120)],
    ]);
    const now = minutesLater(csup, 50);
    await postUpdate(now, id, { occasion: 'in_progress' });
    expect(await edges(now, id)).toEqual([['completed', iso(csup, 120)]]);
    expect((await latest(now, id)).texts.en?.body).toContain('running since 04:02 CET');
    expect((await readIncident(now, id)).startedAt).toEqual(now.now);
    await runPlanned(bench, minutesLater(csup, 61).now);
    expect(await world(bench.store, minutesLater(csup, 61).now, id, gateway)).toMatchObject({ updates: 2 });
    expect(await world(bench.store, minutesLater(csup, 120).now, id, gateway)).toMatchObject({
      phase: 'completed',
      updates: 3,
    });
  });

  test('extended: it completes itself at the new end and not at the old one', async () => {
    const { csup, gateway, id } = await planned();
    const now = minutesLater(csup, 100);
    await postUpdate(now, id, {
      occasion: 'extended',
      scheduledUntil: iso(csup, 150),
      slots: { reason: 'one_step' },
    });
    expect(await edges(now, id)).toEqual([['completed', iso(csup, 150)]]);
    expect((await latest(now, id)).texts.en?.body).toContain('should now finish by 05:42 CET (04:42 UTC)');
    await runPlanned(bench, minutesLater(csup, 121).now);
    expect(await world(bench.store, minutesLater(csup, 121).now, id, gateway)).toMatchObject({
      phase: 'in_progress',
      component: 'under_maintenance',
    });
    expect((await world(bench.store, minutesLater(csup, 150).now, id, gateway)).phase).toBe('completed');
  });

  test('extended in the last seconds with a hold: the hold does not outlast the planned end', async () => {
    const { csup, id } = await planned();
    const now = minutesLater(csup, 120 - 5 / 60);
    await postUpdate(now, id, {
      occasion: 'extended',
      scheduledUntil: iso(csup, 150),
      slots: { reason: 'one_step' },
      holdSeconds: 10,
    });
    const update = await latest(now, id);
    expect(update).toMatchObject({ phase: 'in_progress', isHeld: true });
    expect(update.publishedAt.getTime()).toBe(minutesLater(csup, 120).now.getTime() - 1);
    const page = await readIncidentPage({ ...asAnybody(bench.store), now: minutesLater(csup, 121).now }, id);
    expect(page?.incident).toMatchObject({ phase: 'in_progress' });
  });

  test('rescheduled: both edges, the start and the window move; the old instants pass in silence', async () => {
    const { csup, gateway, id } = await planned();
    const now = minutesLater(csup, 10);
    const times = { scheduledFor: iso(csup, 300), scheduledUntil: iso(csup, 330) };
    await postUpdate(now, id, { occasion: 'scheduled', ...times });
    expect(await edges(now, id)).toEqual([
      ['in_progress', iso(csup, 300)],
      ['completed', iso(csup, 330)],
    ]);
    expect((await latest(now, id)).texts.en?.body).toContain('20 Nov 2026, 08:12–08:42 CET');
    expect(await readIncident(now, id)).toMatchObject({
      startedAt: minutesLater(csup, 300).now,
      scheduledFor: minutesLater(csup, 300).now,
      scheduledUntil: minutesLater(csup, 330).now,
    });
    await runPlanned(bench, minutesLater(csup, 130).now);
    expect((await world(bench.store, minutesLater(csup, 130).now, id, gateway)).phase).toBe('scheduled');
    expect((await world(bench.store, minutesLater(csup, 300).now, id, gateway)).phase).toBe('in_progress');
  });

  test.each([
    ['cancelled', 10, []],
    ['completed', 100, ['in_progress']],
  ] as const)('%s by hand: nothing comes by itself after it', async (occasion, minute, before) => {
    const { csup, gateway, id } = await planned();
    const now = minutesLater(csup, minute);
    await postUpdate(now, id, { occasion });
    expect(await edges(now, id)).toEqual([]);
    await runPlanned(bench, minutesLater(csup, 200).now);
    expect(await world(bench.store, minutesLater(csup, 200).now, id, gateway)).toMatchObject({
      phase: occasion,
      updates: 2 + before.length,
      component: 'operational',
    });
  });

  test('put to verifying by hand: people complete it, not the clock', async () => {
    const { csup, gateway, id } = await planned();
    const now = minutesLater(csup, 100);
    await postUpdate(now, id, { occasion: 'verifying' });
    expect(await edges(now, id)).toEqual([]);
    expect(await world(bench.store, minutesLater(csup, 130).now, id, gateway)).toMatchObject({
      phase: 'verifying',
      component: 'under_maintenance',
    });
    await postUpdate(minutesLater(csup, 131), id, { occasion: 'completed' });
    expect((await world(bench.store, minutesLater(csup, 131).now, id, gateway)).phase).toBe('completed');
  });

  test('extended after verifying: people still complete it, not the clock', async () => {
    const { csup, gateway, id } = await planned();
    await postUpdate(minutesLater(csup, 100), id, { occasion: 'verifying' });
    const now = minutesLater(csup, 110);
    const longer = { occasion: 'extended', scheduledUntil: iso(csup, 150), slots: { reason: 'one_step' } };
    await postUpdate(now, id, longer);
    expect(await edges(now, id)).toEqual([]);
    expect((await world(bench.store, minutesLater(csup, 151).now, id, gateway)).phase).toBe('in_progress');
  });

  test('the switch takes it back and gives it again, is audited, and refuses what it cannot do', async () => {
    const { csup, engineer, gateway, id } = await planned();
    await switchAutomatic(csup, id, { isAutomatic: false, version: 2 });
    expect(await edges(csup, id)).toEqual([]);
    expect((await world(bench.store, minutesLater(csup, 61).now, id, gateway)).phase).toBe('scheduled');
    const { version } = await readIncident(csup, id);
    expect(await refusal(switchAutomatic(csup, id, { isAutomatic: true, version: version - 1 }))).toEqual(
      refusedBy('conflict', 'conflict_version'),
    );
    expect(await refusal(switchAutomatic(engineer, id, { isAutomatic: true }))).toEqual(
      refusedBy('forbidden', 'forbidden'),
    );
    await switchAutomatic(csup, id, { isAutomatic: true, version });
    expect(await edges(csup, id)).toHaveLength(2);
    // Too late for the start: somebody must say so.
    await switchAutomatic(csup, id, { isAutomatic: false });
    await switchAutomatic(minutesLater(csup, 70), id, { isAutomatic: true });
    expect(await edges(minutesLater(csup, 70), id)).toEqual([]);
    await postUpdate(minutesLater(csup, 71), id, { occasion: 'in_progress' });
    expect(await edges(minutesLater(csup, 71), id)).toEqual([['completed', iso(csup, 120)]]);
    await postUpdate(minutesLater(csup, 72), id, { occasion: 'completed' });
    expect(await refusal(switchAutomatic(minutesLater(csup, 73), id, { isAutomatic: false }))).toEqual(
      refusedBy('conflict', 'maintenance_over'),
    );
  });

  test('two held updates in a row keep the new end and its plan; taking one back plans anew', async () => {
    const { csup, id } = await planned();
    const now = minutesLater(csup, 90);
    const longer = {
      occasion: 'extended',
      scheduledUntil: iso(csup, 150),
      slots: { reason: 'one_step' },
      holdSeconds: 20,
    };
    await postUpdate(now, id, longer);
    const news = {
      occasion: 'no_news',
      texts: { en: { body: 'Half of the work is done.' } },
      holdSeconds: 30,
    };
    await postUpdate(minutesLater(now, 0.1), id, news);
    const { outbox, incidentUpdates } = bench.store.tables;
    const rows = await bench.store.read.select().from(outbox).where(eq(outbox.kind, 'publish-held-update'));
    const after = minutesLater(now, 1);
    for (const { payload } of [...rows, ...rows]) await publishHeldUpdate(after, payload);
    expect((await readIncident(after, id)).scheduledUntil).toEqual(minutesLater(csup, 150).now);
    expect(await edges(after, id)).toEqual([['completed', iso(csup, 150)]]);

    const { updateId } = await postUpdate(after, id, { occasion: 'completed', holdSeconds: 30 });
    expect(await edges(after, id)).toEqual([]);
    await bench.store.transaction(async (tx) => {
      await tx.db.delete(incidentUpdates).where(eq(incidentUpdates.id, updateId));
      await deriveIncident(tx, id, after.now);
      await planEdges(tx, after, id);
    });
    expect(await edges(after, id)).toEqual([['completed', iso(csup, 150)]]);
  });

  test('without an approved template nothing comes by itself', async () => {
    const { csup } = await statusPage(bench.store);
    const { updateTemplateVersions: versions } = bench.store.tables;
    await bench.store.transaction(({ db }) => db.update(versions).set({ approvedAt: null }));
    const { id } = await plan(csup, 60, 120, automatic);
    expect(await readIncident(csup, id)).toMatchObject({ isAutomatic: true, planned: [] });
  });

  test('expiring a template replans open automatic maintenances, and so does approving one', async () => {
    const { manager, csup, id } = await planned();
    const { updateTemplates: cells, updateTemplateVersions: versions } = bench.store.tables;
    const templates = await bench.store.read.select().from(cells);
    const of = (occasion: string) => templates.filter((cell) => cell.occasion === occasion);
    const all = [
      ['in_progress', iso(csup, 60)],
      ['completed', iso(csup, 120)],
    ];
    for (const { id: other } of of('verifying')) await expireTemplate(manager, other);
    expect(await edges(csup, id)).toEqual(all);
    // It ends between the two instants.
    for (const { id: end } of of('completed'))
      await expireTemplate(manager, end, { validUntil: iso(csup, 100) });
    expect(await edges(csup, id)).toEqual(all.slice(0, 1));
    for (const { id: end } of of('completed')) await expireTemplate(manager, end, { validUntil: null });
    expect(await edges(csup, id)).toEqual(all);
    for (const { id: start } of of('in_progress')) await expireTemplate(manager, start);
    expect(await edges(csup, id)).toEqual([]);
    expect((await world(bench.store, minutesLater(csup, 61).now, id, '')).phase).toBe('scheduled');

    const body = 'We have begun with this: {effect}.';
    const [english] = of('in_progress').filter(({ language }) => language === 'en');
    await bench.store.transaction(({ db }) =>
      db.insert(versions).values({
        templateId: english?.id ?? '',
        version: 2,
        title: '',
        body,
        workaround: '',
        origin: 'own',
        createdAt: csup.now,
      }),
    );
    await approveTemplates(manager, { ids: [english?.id ?? ''] });
    expect(await edges(csup, id)).toEqual(all);
    const page = await readIncidentPage({ ...asAnybody(bench.store), now: minutesLater(csup, 60).now }, id);
    expect(page?.incident.updates[0]?.texts.en?.body).toBe('We have begun with this: Short interruptions.');
  });

  test('announced in own words, it still starts with what its title says', async () => {
    const { csup } = await statusPage(bench.store);
    const texts = { en: { title: 'New routers', body: 'We replace two routers.' } };
    const { id } = await plan(csup, 60, 120, {
      ...automatic,
      occasion: undefined,
      slots: undefined,
      phase: 'scheduled',
      kind: 'maintenance',
      texts,
    });
    expect(await edges(csup, id)).toHaveLength(2);
    const page = await readIncidentPage({ ...asAnybody(bench.store), now: minutesLater(csup, 60).now }, id);
    expect(page?.incident.updates[0]?.texts.en?.body).toContain('New routers. The work has been running');
  });

  test('a correction or an added translation of the announcement reaches the planned start and completion', async () => {
    const { csup } = await statusPage(bench.store);
    const texts = { en: { title: 'New routers', body: 'We replace two routers.' } };
    const own = { occasion: undefined, slots: undefined, phase: 'scheduled', kind: 'maintenance', texts };
    const { id, updateId } = await plan(csup, 60, 120, { ...automatic, ...own });
    await correctUpdate(minutesLater(csup, 1), updateId, { texts: { en: { title: 'New switches' } } });
    await correctUpdate(minutesLater(csup, 2), updateId, {
      texts: { de: { title: 'Neue Switches', body: 'Wir tauschen zwei Switches.' } },
    });
    const later = { ...asAnybody(bench.store), now: minutesLater(csup, 120).now };
    const [end, start] = (await readIncidentPage(later, id))?.incident.updates ?? [];
    expect([end?.occasion, start?.occasion]).toEqual(['completed', 'in_progress']);
    expect(start?.texts.en?.body).toContain('New switches. The work has been running');
    expect(start?.texts.de?.body).toContain('Neue Switches. Die Arbeiten laufen seit');
    expect(end?.texts).toMatchObject({ en: { title: 'New switches' }, de: { title: 'Neue Switches' } });

    const { id: told, updateId: first } = await plan(csup, 60, 120, automatic);
    await correctUpdate(minutesLater(csup, 1), first, {
      texts: { en: { effect: 'The API is read-only' } },
      isOtherRight: true,
    });
    const page = await readIncidentPage({ ...later, now: minutesLater(csup, 60).now }, told);
    expect(page?.incident.updates[0]?.texts.en?.body).toContain('The API is read-only. The work has been');
  });

  test('an announcement that is held keeps everything back, its start too; an incident cannot be automatic', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const { id } = await plan(csup, 60, 120, { ...automatic, holdSeconds: 30 });
    expect((await world(bench.store, csup.now, id, gateway)).phase).toBeUndefined();
    expect((await world(bench.store, minutesLater(csup, 60).now, id, gateway)).phase).toBe('in_progress');
    const incident = { category: 'api', phase: 'investigating', ...automatic };
    const { openIncident } = await import('../../src/domain/incidents/open-incident.ts');
    expect(
      await refusal(
        openIncident(csup, { ...incident, texts: { en: { title: 'x', body: 'Something is slow.' } } }),
      ),
    ).toEqual(refusedFor('isAutomatic: kind_mismatch'));
  });

  test('without the switch nothing starts by itself (as before)', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const { id } = await plan(csup, 60, 120);
    expect(await edges(csup, id)).toEqual([]);
    expect((await world(bench.store, minutesLater(csup, 90).now, id, gateway)).phase).toBe('scheduled');
    await say(minutesLater(csup, 91), id, 'in_progress');
    expect((await world(bench.store, minutesLater(csup, 130).now, id, gateway)).phase).toBe('in_progress');
  });
});
