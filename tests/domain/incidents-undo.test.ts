import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Store } from '../../db/store.ts';
import { verifyAudit } from '../../src/domain/core/audit/verify.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { isDomainError } from '../../src/domain/core/errors.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { publishHeldUpdate } from '../../src/domain/incidents/updates/publish-held-update.ts';
import { publishNow } from '../../src/domain/incidents/updates/publish-now.ts';
import { undoUpdate } from '../../src/domain/incidents/updates/undo-update.ts';
import { readFeed } from '../../src/domain/public/read-feed.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { readNewest } from '../../src/domain/public/read-newest.ts';
import { describeEachEngine } from '../support/engines.ts';
import {
  firstWords,
  inPlaceOfCsup,
  lastWords,
  latest,
  open,
  plan,
  say,
  statusPage,
} from '../support/incidents.ts';
import { runJobs } from '../support/outbox.ts';
import { minutesLater } from '../support/world.ts';
import { audits, lastAudit, refusal, refusedBy } from './accounts-support.ts';

const secondsLater = (context: Context, seconds: number) => minutesLater(context, seconds / 60);

/** What the world can read, without what every second changes. */
async function publicReads(context: Context, id?: string): Promise<string> {
  const page = id === undefined ? null : await readIncidentPage(context, id);
  const reads = [await readHome(context), await readNewest(context), await readFeed(context), page];
  const moving = new Set(['validUntil', 'asOf', 'availability', 'settings', 'minutes']);
  return JSON.stringify(reads, (key, value: unknown) => (moving.has(key) ? undefined : value));
}

const everythingOf = async (store: Store, updateId: string): Promise<number> => {
  const { incidentUpdates: u, incidentUpdateTexts: t, incidentUpdateComponents: c } = store.tables;
  const updates = await store.read.$count(u, eq(u.id, updateId));
  const texts = await store.read.$count(t, eq(t.updateId, updateId));
  return updates + texts + (await store.read.$count(c, eq(c.updateId, updateId)));
};

describeEachEngine('R-072, G-06: undoing a held update', (bench) => {
  test('leaves nothing public, ever, and the whole text in the audit', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const nothing = await publicReads(csup);
    const { id, updateId } = await open(csup, {
      holdSeconds: 10,
      components: { [gateway]: 'major_outage' },
    });
    const { texts } = await latest(csup, id);
    expect(await undoUpdate(secondsLater(csup, 9.999), updateId)).toEqual({ id, hasUpdates: false });
    expect(await everythingOf(bench.store, updateId)).toBe(0);
    for (const seconds of [9.999, 10, 60]) {
      const now = secondsLater(csup, seconds);
      await runJobs(bench.store, now.now);
      expect(await publicReads(now, id)).toBe(nothing);
    }
    expect(await lastAudit(bench.store)).toMatchObject({
      action: 'update.undone',
      subjectId: id,
      change: {
        before: {
          update: updateId,
          phase: 'investigating',
          texts: {
            en: { title: texts.en?.title, body: texts.en?.body, workaround: texts.en?.workaround },
            de: { title: texts.de?.title, body: texts.de?.body },
          },
          components: [{ id: gateway, status: 'major_outage' }],
          postedBy: csup.actor.userId,
        },
      },
    });
    expect(await verifyAudit(bench.store)).toMatchObject({ brokenAt: null });
  });

  test('of a new incident leaves it inside, named by its title, without number, phase and impact, waiting to be told', async () => {
    const { csup } = await statusPage(bench.store);
    const { id, updateId } = await open(csup, { holdSeconds: 10, impact: 'critical' });
    await undoUpdate(csup, updateId);
    const incident = await readIncident(csup, id);
    expect(incident).toMatchObject({ phase: null, publishedAt: null, number: null, impact: 'none' });
    const { incidents } = bench.store.tables;
    const [row] = await bench.store.read.select().from(incidents).where(eq(incidents.id, id));
    expect(row).toMatchObject({
      internalTitle: 'API requests fail',
      affectsCustomers: true,
      openUntil: null,
    });
    const again = await postUpdate(minutesLater(csup, 1), id, firstWords);
    expect((await readIncidentPage(minutesLater(csup, 1), id))?.incident).toMatchObject({
      number: 1,
      updates: [{ id: again.updateId }],
    });
  });

  test('of a public incident restores phase, end, impact, planned end and components', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const { id } = await open(csup, { components: { [gateway]: 'degraded_performance' } });
    const now = minutesLater(csup, 5);
    const before = await publicReads(now, id);
    const { updatedAt: _u, version: _v, ...stood } = await readIncident(now, id);
    const posted = await postUpdate(now, id, {
      ...lastWords,
      holdSeconds: 10,
      components: { [gateway]: 'major_outage' },
      impact: 'critical',
    });
    expect(await readIncident(now, id)).toMatchObject({ phase: 'resolved' });
    await undoUpdate(now, posted.updateId);
    const after = minutesLater(now, 1);
    await runJobs(bench.store, after.now);
    expect(await readIncident(after, id)).toMatchObject(stood);
    expect(await publicReads(after, id)).toBe(before);
  });

  test('of an announced maintenance takes what was planned ahead with it, and nobody is told of customers', async () => {
    const { csup } = await statusPage(bench.store);
    const { id, updateId } = await plan(csup, 60, 120, { holdSeconds: 10 });
    await undoUpdate(csup, updateId);
    const { incidents, incidentUpdates } = bench.store.tables;
    const [row] = await bench.store.read.select().from(incidents).where(eq(incidents.id, id));
    expect(row).toMatchObject({ affectsCustomers: false, impact: 'maintenance', phase: null });
    expect(await bench.store.read.$count(incidentUpdates, eq(incidentUpdates.incidentId, id))).toBe(0);
  });

  test('is refused once it is public, for a later one first, for nobody’s update and for who may not publish', async () => {
    const { csup, engineer, security } = await statusPage(bench.store);
    const { id, updateId } = await open(csup, { holdSeconds: 10 });
    const second = await say(secondsLater(csup, 1), id, 'identified', { holdSeconds: 10 });
    const now = secondsLater(csup, 2);
    expect(await refusal(undoUpdate(now, updateId))).toEqual(refusedBy('conflict', 'later_held'));
    expect(await refusal(undoUpdate({ ...engineer, now: now.now }, updateId))).toEqual(
      refusedBy('forbidden', 'forbidden'),
    );
    for (const wrong of ['zzzzzzzzzzzz', 'x', ''])
      expect(await refusal(undoUpdate(now, wrong))).toEqual(refusedBy('not_found', 'not_found'));
    await undoUpdate(now, second.updateId);
    expect(await refusal(undoUpdate(now, second.updateId))).toEqual(refusedBy('not_found', 'not_found'));
    expect(await refusal(undoUpdate(secondsLater(csup, 10), updateId))).toEqual(
      refusedBy('conflict', 'not_held'),
    );
    const secret = await open(security, { category: 'keys', holdSeconds: 10 });
    expect(await refusal(undoUpdate(csup, secret.updateId))).toEqual(refusedBy('not_found', 'not_found'));
    // What is not released is not held either: security withdraws it.
    expect(await refusal(undoUpdate(security, secret.updateId))).toEqual(refusedBy('conflict', 'not_held'));
  });
});

describeEachEngine('publishing a held update at once', (bench) => {
  test('makes it and every earlier held one public, in their order, with number, impact and planned end', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const { id, updateId } = await open(csup, { holdSeconds: 60 });
    const components = { [gateway]: 'major_outage' as const };
    const second = await say(secondsLater(csup, 1), id, 'identified', {
      holdSeconds: 60,
      components,
      impact: 'critical',
    });
    const third = await say(secondsLater(csup, 2), id, 'monitoring', { holdSeconds: 60 });
    const now = secondsLater(csup, 5);
    await publishNow(now, second.updateId);
    expect((await readIncidentPage(now, id))?.incident).toMatchObject({
      number: 1,
      impact: 'critical',
      phase: 'identified',
      updates: [{ id: second.updateId, publishedAt: now.now }, { id: updateId }],
    });
    expect(await lastAudit(bench.store)).toMatchObject({
      action: 'update.published',
      change: { after: { updates: [updateId, second.updateId] } },
    });
    const after = secondsLater(csup, 63);
    await runJobs(bench.store, after.now);
    expect((await readIncidentPage(after, id))?.incident.updates.map((update) => update.id)).toEqual([
      third.updateId,
      second.updateId,
      updateId,
    ]);
    expect(await readIncident(after, id)).toMatchObject({ phase: 'monitoring', number: 1 });
  });

  test('keeps an earlier time at which it was true', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const at = minutesLater(csup, 3).now;
    const now = minutesLater(csup, 10);
    const { updateId } = await say(now, id, 'identified', { displayAt: at.toISOString(), holdSeconds: 10 });
    await publishNow(now, updateId);
    expect(await latest(now, id)).toMatchObject({ displayAt: at, publishedAt: now.now, isHeld: false });
  });

  test('is done once: a second time is told that it is public already', async () => {
    const { csup } = await statusPage(bench.store);
    const { updateId } = await open(csup, { holdSeconds: 10 });
    await publishNow(csup, updateId);
    const entries = await audits(bench.store);
    expect(await refusal(publishNow(csup, updateId))).toEqual(refusedBy('conflict', 'not_held'));
    expect(await audits(bench.store)).toHaveLength(entries.length);
  });

  test('leaves nothing to do for the job that waited for its instant', async () => {
    const { csup } = await statusPage(bench.store);
    const { id, updateId } = await open(csup, { holdSeconds: 10 });
    await publishNow(csup, updateId);
    const before = await readIncident(csup, id);
    const later = secondsLater(csup, 10);
    await publishHeldUpdate(later, { updateId });
    expect(await readIncident(csup, id)).toEqual(before);
    // Whose clock is behind finds nothing that waits, so it is not held any more.
    const behind = secondsLater(csup, -1);
    expect(await refusal(undoUpdate(behind, updateId))).toEqual(refusedBy('conflict', 'not_held'));
  });
});

describeEachEngine('a hold that others meet', (bench) => {
  test('a server that starts again in between publishes on time: the clock alone, then what waited', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup, { holdSeconds: 10, impact: 'major' });
    const after = secondsLater(csup, 10);
    expect((await readHome(after)).active).toMatchObject([{ id }]);
    await runJobs(bench.store, after.now);
    expect(await readIncident(after, id)).toMatchObject({ number: 1, impact: 'major' });
  });

  test('when the incident is resolved meanwhile, the end follows the held update and is public with it', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    const now = minutesLater(csup, 5);
    const held = await say(now, id, 'identified', { holdSeconds: 10 });
    const end = await postUpdate(secondsLater({ ...sre, now: now.now }, 3), id, {
      ...lastWords,
      ...inPlaceOfCsup,
    });
    const between = secondsLater(now, 5);
    expect((await readIncidentPage(between, id))?.incident.phase).toBe('investigating');
    expect(await refusal(undoUpdate(between, held.updateId))).toEqual(refusedBy('conflict', 'later_held'));
    const after = secondsLater(now, 10.001);
    expect((await readIncidentPage(after, id))?.incident).toMatchObject({
      phase: 'resolved',
      updates: [{ id: end.updateId }, { id: held.updateId }, {}],
    });
  });

  test('publishing after somebody else resolved is refused with both texts, and nothing is lost', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    const { version } = await readIncident(csup, id);
    await postUpdate(minutesLater(sre, 2), id, { ...lastWords, ...inPlaceOfCsup });
    const texts = { en: { body: 'Mine: we still look for the cause.' } };
    const mine = postUpdate(minutesLater(csup, 3), id, {
      phase: 'identified',
      texts,
      version,
      holdSeconds: 10,
    });
    const error = await mine.catch((e: unknown) => e);
    expect(isDomainError(error) && error).toMatchObject({
      code: 'conflict',
      key: 'conflict_version',
      details: { theirs: { phase: 'resolved' }, yours: texts },
    });
    expect((await readIncident(minutesLater(csup, 3), id)).updates).toHaveLength(2);
  });
});

describeEachEngine('an update in one language', (bench) => {
  test('does not take the other language from the next one: its title and effect go on from where it last stood', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    await postUpdate(minutesLater(csup, 1), id, {
      phase: 'identified',
      texts: { en: { title: 'API requests fail', body: 'Only in English, in a hurry at night.' } },
    });
    const now = minutesLater(csup, 2);
    await postUpdate(now, id, { occasion: 'no_news' });
    const { texts } = await latest(now, id);
    expect(texts.en?.body).toContain('API requests fail');
    expect(texts.de).toMatchObject({
      title: 'API-Anfragen schlagen fehl',
      effect: 'API-Anfragen schlagen fehl',
      workaround: '',
    });
    expect(texts.de?.body).toContain('API-Anfragen schlagen fehl');
  });
});
