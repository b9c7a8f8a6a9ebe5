import { expect, test } from 'vitest';
import type { Context } from '../../src/domain/core/context.ts';
import { readComposer } from '../../src/domain/desk/read-composer.ts';
import { readDesk } from '../../src/domain/desk/read-desk.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { labelIncident } from '../../src/domain/incidents/label-incident.ts';
import { listIncidents } from '../../src/domain/incidents/list-incidents.ts';
import { giveReason, revokeReason } from '../../src/domain/incidents/not-public/give-reason.ts';
import { listNotPublic } from '../../src/domain/incidents/not-public/list-not-public.ts';
import { recordIncident } from '../../src/domain/incidents/not-public/record-incident.ts';
import { setAffectsCustomers } from '../../src/domain/incidents/not-public/set-affects-customers.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { readFeed } from '../../src/domain/public/read-feed.ts';
import { readHistoryMonth } from '../../src/domain/public/read-history.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { readNewest } from '../../src/domain/public/read-newest.ts';
import { readStatus } from '../../src/domain/public/read-status.ts';
import { describeEachEngine } from '../support/engines.ts';
import { inWords } from '../support/in-words.ts';
import { firstWords, open, say, statusPage } from '../support/incidents.ts';
import { minutesLater } from '../support/world.ts';
import { asAnybody, audits, refusal, refusedBy, refusedFor } from './accounts-support.ts';

const logged = { category: 'api', internalTitle: 'Orders fail at night' };

describeEachEngine('R-127: an incident that affects customers and is not public', (bench) => {
  const listed = async (context: Context) => (await listNotPublic(context)).notPublic.map(({ id }) => id);
  const worldReads = async (now: Date): Promise<string> => {
    const context = { ...asAnybody(bench.store), now };
    const reads = [
      await readHome(context),
      await readStatus(context),
      await readNewest(context),
      await readHistoryMonth(context),
      await readFeed(context),
    ];
    return JSON.stringify(reads.map((read) => ({ ...read, validUntil: null })));
  };

  test('is recorded by every role without any public text, and stands in the list with its age, of any priority', async () => {
    const page = await statusPage(bench.store);
    const before = await worldReads(page.csup.now);
    const startedAt = minutesLater(page.csup, -30).now.toISOString();
    const { id } = await recordIncident(page.engineer, { ...logged, startedAt, impact: 'major' });
    expect(await readIncident(page.csup, id)).toMatchObject({
      phase: null,
      number: null,
      updates: [],
      impact: 'major',
      titles: { en: 'Orders fail at night', de: 'Orders fail at night' },
    });
    for (const context of [page.csup, page.sre, page.engineer, page.manager, page.security, page.admin]) {
      expect((await listNotPublic(minutesLater(context, 12))).notPublic).toMatchObject([
        { id, ageMinutes: 42, isUrgent: false, publishingAt: null },
      ]);
    }
    await classifyIncident(page.sre, id, { priority: 'P2', reason: 'Some customers' });
    expect(await listed(page.csup)).toEqual([id]);
    expect(await worldReads(page.csup.now)).toBe(before);
    expect(await readIncidentPage(asAnybody(bench.store), id)).toBeNull();
    expect((await audits(bench.store)).at(-2)).toMatchObject({ action: 'incident.recorded', subjectId: id });
  });

  test('R-009: P0 and P1 come first and are urgent', async () => {
    const page = await statusPage(bench.store);
    const old = minutesLater(page.csup, -60).now.toISOString();
    const { id: small } = await recordIncident(page.csup, { ...logged, startedAt: old });
    const { id: big } = await recordIncident(page.csup, logged);
    await classifyIncident(page.sre, big, { priority: 'P1', reason: 'Nobody can order' });
    expect((await listNotPublic(page.csup)).notPublic.map(({ id, isUrgent }) => [id, isUrgent])).toEqual([
      [big, true],
      [small, false],
    ]);
  });

  test('R-008: leaves the list by a reason with who and when, and comes back when it is revoked; both audited', async () => {
    const page = await statusPage(bench.store);
    const { id } = await recordIncident(page.csup, logged);
    expect(await refusal(giveReason(page.csup, id, { reason: ' ' }))).toEqual(refusedFor('reason: required'));
    expect(await refusal(revokeReason(page.csup, id))).toEqual(refusedBy('conflict', 'no_reason_given'));
    await giveReason(page.csup, id, { reason: 'Opened in error' });
    expect(await listed(page.csup)).toEqual([]);
    expect((await readDesk(page.csup)).open).toEqual([]);
    expect((await readComposer(page.csup, { category: 'api' })).sameCategory).toEqual([]);
    expect(await readIncident(page.csup, id)).toMatchObject({
      notPublicReason: 'Opened in error',
      notPublicAt: page.csup.now,
    });
    await revokeReason(page.sre, id);
    expect(await listed(page.csup)).toEqual([id]);
    const acts = (await audits(bench.store)).filter(({ subjectId }) => subjectId === id);
    expect(acts.slice(1)).toMatchObject([
      {
        action: 'incident.kept-unpublished',
        actorId: page.csup.actor.userId,
        change: { after: { notPublicReason: 'Opened in error' } },
      },
      { action: 'incident.reason-revoked', actorId: page.sre.actor.userId },
    ]);
  });

  test('leaves the list when its first update is public, not while it is held', async () => {
    const page = await statusPage(bench.store);
    const { id } = await recordIncident(page.csup, { ...logged, impact: 'critical' });
    expect(await refusal(say(page.csup, id, 'resolved'))).toEqual(
      refusedFor('endedAt: end_required', 'texts.en.title: title_missing'),
    );
    expect(await refusal(postUpdate(page.csup, id, { occasion: 'no_news' }))).toMatchObject({
      code: 'invalid',
    });
    await postUpdate(page.csup, id, { ...firstWords, holdSeconds: 60 });
    const [held] = (await listNotPublic(page.csup)).notPublic;
    expect(held).toMatchObject({ id, publishingAt: minutesLater(page.csup, 1).now });
    const later = minutesLater(page.csup, 1);
    expect(await listed(later)).toEqual([]);
    expect(
      (await readIncidentPage({ ...asAnybody(bench.store), now: later.now }, id))?.incident,
    ).toMatchObject({
      phase: 'investigating',
      impact: 'critical',
      titles: { en: expect.stringContaining('API requests fail') },
    });
    expect(await refusal(giveReason(later, id, { reason: 'Too late' }))).toEqual(
      refusedBy('conflict', 'already_public'),
    );
  });

  test('the composer offers it a first update under its internal title, and points it out as a likely duplicate', async () => {
    const page = await statusPage(bench.store);
    const { id } = await recordIncident(page.csup, logged);
    const composer = await readComposer(page.csup, { incident: id, occasion: 'no_news' });
    expect(composer.occasion).toBe('investigating');
    expect(composer.occasions).not.toContain('no_news');
    expect(composer.occasions).not.toContain('correction');
    expect(composer.incident?.titles).toEqual(inWords({ en: 'Orders fail at night' }));
    expect((await readComposer(page.csup, { category: 'api' })).sameCategory).toMatchObject([
      { id, internalTitle: 'Orders fail at night' },
    ]);
  });

  test('that customers do not feel is not in it, and is when they do', async () => {
    const page = await statusPage(bench.store);
    const { id } = await recordIncident(page.csup, { ...logged, affectsCustomers: false });
    expect(await listed(page.csup)).toEqual([]);
    expect((await readDesk(page.csup)).open).toMatchObject([
      { id, isTranslationPending: false, nextUpdateBy: null },
    ]);
    await setAffectsCustomers(page.engineer, id, { affectsCustomers: true });
    expect(await listed(page.csup)).toEqual([id]);
    expect((await readDesk(page.csup)).open).toEqual([]);
    expect((await audits(bench.store)).at(-1)).toMatchObject({ action: 'incident.customer-impact-set' });
  });

  test('one that is public at once is never in it; lists of all incidents bear one without a phase', async () => {
    const page = await statusPage(bench.store);
    await open(page.csup);
    expect(await listed(page.csup)).toEqual([]);
    await recordIncident(page.csup, logged);
    expect((await listIncidents(page.csup)).incidents.map(({ phase }) => phase).sort()).toEqual([
      'investigating',
      null,
    ]);
  });

  test('an older version, a start in the future and an unknown category are refused with the field', async () => {
    const page = await statusPage(bench.store);
    const startedAt = minutesLater(page.csup, 5).now.toISOString();
    expect(await refusal(recordIncident(page.csup, { ...logged, startedAt }))).toEqual(
      refusedFor('startedAt: in_future'),
    );
    expect(await refusal(recordIncident(page.csup, { ...logged, category: 'keys' }))).toEqual(
      refusedFor('category: unknown_category'),
    );
    const { id } = await recordIncident(page.csup, logged);
    await giveReason(page.csup, id, { reason: 'Test of a new rack', version: 1 });
    for (const work of [
      () => giveReason(page.sre, id, { reason: 'My own reason', version: 1 }),
      () => setAffectsCustomers(page.sre, id, { affectsCustomers: false, version: 1 }),
      () => labelIncident(page.sre, id, { labels: ['x'], version: 1 }),
    ])
      expect(await refusal(work())).toEqual(refusedBy('conflict', 'conflict_version'));
  });

  test('R-050: the teams label it in their own words; the world never reads them', async () => {
    const page = await statusPage(bench.store);
    const { id } = await open(page.csup);
    const before = await worldReads(page.csup.now);
    await labelIncident(page.engineer, id, { labels: ['Zebra rack', 'zebra-7'] });
    expect((await readIncident(page.csup, id)).labels).toEqual(['Zebra rack', 'zebra-7']);
    expect(await worldReads(page.csup.now)).toBe(before);
    expect(JSON.stringify(await readIncidentPage(asAnybody(bench.store), id))).not.toMatch(/zebra/i);
    expect(await refusal(labelIncident(page.csup, id, { labels: ['a', 'A'] }))).toEqual(
      refusedFor('labels: repeated'),
    );
    expect((await audits(bench.store)).at(-1)).toMatchObject({
      action: 'incident.labelled',
      change: { before: { labels: [] }, after: { labels: ['Zebra rack', 'zebra-7'] } },
    });
  });
});
