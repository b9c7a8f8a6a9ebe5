/** Free text is published at once and read by a manager afterwards. */
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { listFreeText } from '../../src/domain/incidents/updates/list-free-text.ts';
import { reviewFreeText } from '../../src/domain/incidents/updates/review-free-text.ts';
import { describeEachEngine } from '../support/engines.ts';
import { firstWords, open, say, statusPage } from '../support/incidents.ts';
import { asOperator, minutesLater } from '../support/world.ts';
import { asAnybody, audits, lastAudit, refusal, refusedBy } from './accounts-support.ts';

describeEachEngine('free text', (bench) => {
  test('R-019: text of an approved template needs no review, any other is listed until a manager has read it', async () => {
    const { csup, manager, engineer } = await statusPage(bench.store);
    const { id } = await open(csup);
    expect((await listFreeText(csup)).updates).toEqual([]);
    const { updateId } = await say(minutesLater(csup, 5), id, 'identified');
    const later = minutesLater(manager, 6);
    const [listed, ...others] = (await listFreeText(later)).updates;
    expect(others).toEqual([]);
    expect(listed).toMatchObject({
      updateId,
      incidentId: id,
      phase: 'identified',
      occasion: null,
      createdByName: csup.actor.name,
      category: { slug: 'api' },
      texts: { en: { title: 'API requests fail', body: expect.stringContaining('identified') } },
    });
    expect(await refusal(reviewFreeText(engineer, updateId))).toEqual(refusedBy('forbidden', 'forbidden'));
    expect(await reviewFreeText(later, updateId)).toEqual({ updateId });
    expect((await listFreeText(later)).updates).toEqual([]);
    expect(await lastAudit(bench.store)).toMatchObject({
      action: 'update.reviewed',
      subjectId: id,
      actorId: manager.actor.userId,
      change: { after: { update: updateId } },
    });
    const { incidentUpdates } = bench.store.tables;
    const [row] = await bench.store.read
      .select()
      .from(incidentUpdates)
      .where(eq(incidentUpdates.id, updateId));
    expect(row).toMatchObject({ reviewedBy: manager.actor.userId, reviewedAt: later.now });
    const before = (await audits(bench.store)).length;
    await reviewFreeText(minutesLater(later, 60), updateId);
    expect(await audits(bench.store)).toHaveLength(before);
  });

  test('what is not public yet waits, and a corrected text is read as it stands', async () => {
    const { csup, manager } = await statusPage(bench.store);
    const { id } = await open(csup);
    const { updateId } = await say(csup, id, 'identified', { holdSeconds: 60 });
    expect((await listFreeText(manager)).updates).toEqual([]);
    expect(await refusal(reviewFreeText(manager, updateId))).toEqual(refusedBy('conflict', 'held'));
    const later = minutesLater(csup, 2);
    await correctUpdate(later, updateId, { texts: { en: { body: 'These are better words for it.' } } });
    expect((await listFreeText({ ...manager, now: later.now })).updates).toMatchObject([
      { texts: { en: { body: 'These are better words for it.' } } },
    ]);
  });

  test('nobody reviews his own text, and nothing that needs none', async () => {
    const { csup, manager } = await statusPage(bench.store);
    const { id, updateId: approved } = await open(csup);
    expect(await refusal(reviewFreeText(manager, approved))).toEqual(refusedBy('conflict', 'not_free_text'));
    const { updateId } = await say(manager, id, 'identified');
    expect(await refusal(reviewFreeText(manager, updateId))).toEqual(refusedBy('forbidden', 'own_text'));
    for (const unknown of ['bbbbbbbbbbbb', '../x', '']) {
      expect(await refusal(reviewFreeText(manager, unknown))).toMatchObject({ code: 'not_found' });
    }
    expect(await reviewFreeText(asOperator(bench.store), updateId)).toEqual({ updateId });
  });

  test('free text of a restricted incident does not exist for who may not see it', async () => {
    const { manager, security } = await statusPage(bench.store);
    const { id } = await openIncident(security, { ...firstWords, category: 'keys' });
    const { updateId } = await say(security, id, 'identified');
    expect((await listFreeText(manager)).updates).toEqual([]);
    expect(await refusal(reviewFreeText(manager, updateId))).toMatchObject({ code: 'not_found' });
    expect((await listFreeText(security)).updates.map((one) => one.updateId)).toContain(updateId);
  });

  test('reading asks for permission and takes two queries', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    await say(csup, id, 'identified');
    let queries = 0;
    const stop = bench.store.onQuery(() => {
      queries += 1;
    });
    (await listFreeText(csup)).updates;
    stop();
    expect(queries).toBe(2);
    const anybody = listFreeText(asAnybody(bench.store));
    expect(await refusal(anybody)).toEqual(refusedBy('unauthenticated', 'unauthenticated'));
  });
});
