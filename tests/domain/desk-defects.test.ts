/** Defects of the desk that a review found, each under its words. */

import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { readDraft } from '../../src/domain/incidents/drafts/read-draft.ts';
import { saveDraft } from '../../src/domain/incidents/drafts/save-draft.ts';
import { setDraftAside } from '../../src/domain/incidents/drafts/set-aside.ts';
import { giveReason } from '../../src/domain/incidents/not-public/give-reason.ts';
import { listNotPublic } from '../../src/domain/incidents/not-public/list-not-public.ts';
import { recordIncident } from '../../src/domain/incidents/not-public/record-incident.ts';
import { readPromiseRecord } from '../../src/domain/incidents/promises/read-promise-record.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { referIncident } from '../../src/domain/incidents/restricted/refer-incident.ts';
import { releaseIncident } from '../../src/domain/incidents/restricted/release-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { publishNow } from '../../src/domain/incidents/updates/publish-now.ts';
import { undoUpdate } from '../../src/domain/incidents/updates/undo-update.ts';
import { addShift } from '../../src/domain/people/roster/add-shift.ts';
import { addTemplateVersion } from '../../src/domain/wording/templates/add-version.ts';
import { findTemplates } from '../../src/domain/wording/templates/find-template.ts';
import { describeEachEngine } from '../support/engines.ts';
import { spoken } from '../support/in-words.ts';
import { firstWords, inPlaceOfCsup, latest, open, plan, statusPage } from '../support/incidents.ts';
import { asUser, minutesLater } from '../support/world.ts';
import { refusal, refusedBy } from './accounts-support.ts';

const seconds = <C extends { now: Date }>(context: C, count: number): C => ({
  ...context,
  now: new Date(context.now.getTime() + count * 1_000),
});

describeEachEngine('the desk', (bench) => {
  test('who waited for the lock until the update was public does not take it back', async () => {
    const { csup } = await statusPage(bench.store);
    const { updateId } = await open(csup, { holdSeconds: 10 });
    const late = { ...seconds(csup, 9.9), clock: () => seconds(csup, 10).now };
    expect(await refusal(undoUpdate(late, updateId))).toEqual(refusedBy('conflict', 'not_held'));
  });

  test('an undo does not follow a publication by somebody whose clock is ahead', async () => {
    const { csup } = await statusPage(bench.store);
    const { id, updateId } = await open(csup, { holdSeconds: 10 });
    await publishNow(seconds(csup, 5), updateId);
    expect(await refusal(undoUpdate(seconds(csup, 4.9), updateId))).toEqual(
      refusedBy('conflict', 'not_held'),
    );
    expect((await readIncident(seconds(csup, 6), id)).number).toBe(1);
  });

  test('undoing the first update gives the incident back what the team had recorded', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await recordIncident(sre, {
      category: 'api',
      internalTitle: 'Odd answers',
      impact: 'critical',
      affectsCustomers: false,
    });
    const { updateId } = await postUpdate(csup, id, { ...firstWords, holdSeconds: 10 });
    await undoUpdate(seconds(csup, 1), updateId);
    const { incidents } = bench.store.tables;
    const [row] = await bench.store.read.select().from(incidents).where(eq(incidents.id, id));
    expect(row).toMatchObject({ impact: 'critical', affectsCustomers: false, internalTitle: 'Odd answers' });
  });

  test('an undo by a colleague does not replace what the author typed since', async () => {
    const { csup } = await statusPage(bench.store);
    const other = await asUser(bench.store, ['csup']);
    const { id, updateId } = await open(csup, { holdSeconds: 30 });
    const subject = `incident:${id}`;
    const values = (text: string) => ({ 'texts.en.body': [text] });
    await setDraftAside(csup, { updateId, subject, occasion: 'investigating', values: values('old words') });
    await saveDraft(seconds(csup, 5), subject, { occasion: 'no_news', values: values('new words') });
    await undoUpdate(seconds(other, 10), updateId);
    expect((await readDraft(seconds(csup, 11), subject))?.values).toEqual(values('new words'));
  });

  test('a correction is free text that nobody has reviewed', async () => {
    const { csup } = await statusPage(bench.store);
    const { id, updateId } = await open(csup);
    expect((await latest(csup, id)).isFreeText).toBe(false);
    await correctUpdate(minutesLater(csup, 1), updateId, {
      texts: { en: { body: 'Something else entirely.' } },
      isOtherRight: true,
    });
    expect((await latest(csup, id)).isFreeText).toBe(true);
  });

  test('why it is not public does not hide an incident whose first update was undone', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await recordIncident(sre, { category: 'api', internalTitle: 'Odd answers' });
    await giveReason(sre, id, { reason: 'We are not sure yet.' });
    expect((await listNotPublic(csup)).notPublic).toEqual([]);
    const { updateId } = await postUpdate(csup, id, { ...firstWords, holdSeconds: 10 });
    await undoUpdate(seconds(csup, 1), updateId);
    expect((await listNotPublic(seconds(csup, 2))).notPublic.map((incident) => incident.id)).toEqual([id]);
  });

  test('text of a category that waits for approval does not displace the approved base', async () => {
    const { csup, api } = await statusPage(bench.store);
    const texts = { en: { title: 'New', body: 'Nobody has read this yet.' } };
    await addTemplateVersion(csup, { category: 'api', occasion: 'no_news', texts });
    const found = await findTemplates(bench.store, {
      categoryId: api,
      occasion: 'no_news',
      now: csup.now,
      offered: spoken,
    });
    expect(found.en).toMatchObject({ isApproved: true });
    expect(found.en?.body).not.toContain('Nobody has read');
  });

  test('a time on another day carries its date', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup, 9 * 1_440, 9 * 1_440 + 60);
    await postUpdate(minutesLater(csup, 5), id, {
      occasion: 'in_progress',
      slots: { effect: 'short_break' },
    });
    expect((await latest(minutesLater(csup, 6), id)).texts.en?.body).toMatch(/29 Nov 2026, \d\d:\d\d CET/);
  });

  test('a promise that became public by a release and was broken is counted', async () => {
    const { security } = await statusPage(bench.store);
    const { id } = await open(security, { category: 'keys' });
    await referIncident(minutesLater(security, 2), id, { toWhom: 'Incident response' });
    const { version } = await readIncident(minutesLater(security, 4), id);
    await releaseIncident(minutesLater(security, 5), id, { version, ...inPlaceOfCsup });
    const record = await readPromiseRecord(minutesLater(security, 95));
    expect(record.audiences.customers).toMatchObject({ kept: 0, missed: 1 });
  });

  test('who may not publish any more does not count as on call', async () => {
    const { csup } = await statusPage(bench.store);
    const [left, other] = [await asUser(bench.store, ['csup']), await asUser(bench.store, ['csup'])];
    await addShift(csup, {
      userId: String(left.actor.userId),
      startsAt: minutesLater(csup, -60).now.toISOString(),
      endsAt: minutesLater(csup, 60).now.toISOString(),
    });
    expect(await refusal(open(other))).toMatchObject({ fields: ['offDutyReason: off_duty'] });
    const { users } = bench.store.tables;
    await bench.store.transaction(({ db }) =>
      db
        .update(users)
        .set({ roles: ['engineer'] })
        .where(eq(users.id, String(left.actor.userId))),
    );
    await open(other);
  });

  test('what no engine can hold is refused with a sentence, on both', async () => {
    const { csup } = await statusPage(bench.store);
    expect(await refusal(readPromiseRecord(csup, { month: '0000-01' }))).toMatchObject({ code: 'invalid' });
    expect(await refusal(readPromiseRecord(csup, { month: '9999-12' }))).toMatchObject({ code: 'invalid' });
    const [startsAt, endsAt] = [csup.now.toISOString(), minutesLater(csup, 60).now.toISOString()];
    expect(await refusal(addShift(csup, { userId: '\u0000', startsAt, endsAt }))).toMatchObject({
      fields: ['userId: control_characters'],
    });
    expect(await refusal(open(csup, { readers: ['\u0000'], isRestricted: true }))).toMatchObject({
      fields: ['readers.0: control_characters'],
    });
  });
});
