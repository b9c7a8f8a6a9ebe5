import { expect, test } from 'vitest';
import { discardDraft } from '../../src/domain/incidents/drafts/discard-draft.ts';
import { listDrafts } from '../../src/domain/incidents/drafts/list-drafts.ts';
import { readDraft } from '../../src/domain/incidents/drafts/read-draft.ts';
import { saveDraft } from '../../src/domain/incidents/drafts/save-draft.ts';
import { setDraftAside } from '../../src/domain/incidents/drafts/set-aside.ts';
import { publishHeldUpdate } from '../../src/domain/incidents/updates/publish-held-update.ts';
import { publishNow } from '../../src/domain/incidents/updates/publish-now.ts';
import { undoUpdate } from '../../src/domain/incidents/updates/undo-update.ts';
import { describeEachEngine } from '../support/engines.ts';
import { open, statusPage } from '../support/incidents.ts';
import { asOperator, asUser, minutesLater } from '../support/world.ts';
import { audits, refusal, refusedBy } from './accounts-support.ts';

const values = { 'slots.effect': ['own'], 'ownWords.effect.en': ['Half a “sentence” & <b>more</b>'] };
const typed = { occasion: 'investigating', values };
const nothing = refusedBy('not_found', 'not_found');

describeEachEngine('R-072: a draft', (bench) => {
  test('is one for each person and subject, the newest words win, and it can be thrown away', async () => {
    const { csup, api } = await statusPage(bench.store);
    const subject = `category:${api}`;
    const before = (await audits(bench.store)).length;
    expect(await readDraft(csup, subject)).toBeNull();
    await saveDraft(csup, subject, typed);
    const later = minutesLater(csup, 1);
    await saveDraft(later, subject, { occasion: 'identified', values: { 'slots.scope': ['some'] } });
    expect(await readDraft(later, subject)).toEqual({
      subject,
      occasion: 'identified',
      values: { 'slots.scope': ['some'] },
      updatedAt: later.now,
    });
    expect(await listDrafts(csup)).toHaveLength(1);
    await discardDraft(csup, subject);
    await discardDraft(csup, subject);
    expect(await listDrafts(csup)).toEqual([]);
    expect(await audits(bench.store)).toHaveLength(before);
  });

  test('belongs to one person: nobody else reads, lists or discards it, whatever the role', async () => {
    const page = await statusPage(bench.store);
    const subject = `category:${page.api}`;
    await saveDraft(page.csup, subject, typed);
    const others = [page.sre, page.manager, page.security, page.admin, await asUser(bench.store, ['csup'])];
    for (const other of others) {
      expect(await readDraft(other, subject)).toBeNull();
      expect(await listDrafts(other)).toEqual([]);
      await discardDraft(other, subject);
    }
    expect(await readDraft(page.csup, subject)).toMatchObject(typed);
    for (const who of [page.engineer, asOperator(bench.store)]) {
      expect(await refusal(saveDraft(who, subject, typed))).toEqual(refusedBy('forbidden', 'forbidden'));
      expect(await refusal(listDrafts(who))).toEqual(refusedBy('forbidden', 'forbidden'));
    }
  });

  test('is for what the person may see: not of a restricted category or incident, nor of nothing', async () => {
    const { csup, security, keys } = await statusPage(bench.store);
    const { id } = await open(security, { category: 'keys' });
    const wrong = [
      `category:${keys}`,
      `incident:${id}`,
      'incident:zzzzzzzzzzzz',
      'update:zzzzzzzzzzzz',
      'x',
      '',
    ];
    for (const subject of wrong) {
      expect(await refusal(saveDraft(csup, subject, typed))).toEqual(nothing);
      expect(await refusal(readDraft(csup, subject))).toEqual(nothing);
      expect(await refusal(discardDraft(csup, subject))).toEqual(nothing);
    }
    await saveDraft(security, `incident:${id}`, typed);
    await saveDraft(security, `category:${keys}`, typed);
    expect(await listDrafts(security)).toHaveLength(2);
    const noLonger = { ...security, actor: { ...security.actor, roles: new Set(['csup'] as const) } };
    expect(await listDrafts(noLonger)).toEqual([]);
  });

  test('refuses what no form of ours sends, and keeps nothing of it', async () => {
    const { csup, api } = await statusPage(bench.store);
    const wrong = [
      { values },
      { occasion: 'other', values },
      { occasion: 'investigating', values: { a: 'text' } },
      { occasion: 'investigating', values: { a: ['\u0000'] } },
      { occasion: 'investigating', values: { a: ['x'.repeat(20_001)] } },
      {
        occasion: 'investigating',
        values: Object.fromEntries(Array.from({ length: 2_001 }, (_, i) => [i, ['']])),
      },
      { occasion: 'investigating', values, more: 1 },
    ];
    for (const input of wrong)
      expect(await refusal(saveDraft(csup, `category:${api}`, input))).toMatchObject({ code: 'invalid' });
    expect(await listDrafts(csup)).toEqual([]);
  });
});

describeEachEngine('what was typed for a held update', (bench) => {
  async function post() {
    const page = await statusPage(bench.store);
    const subject = `category:${page.api}`;
    await saveDraft(page.csup, subject, typed);
    const { id, updateId } = await open(page.csup, { holdSeconds: 10 });
    await setDraftAside(page.csup, { updateId, subject, ...typed });
    return { ...page, subject, id, updateId };
  }
  const kept = () => bench.store.read.$count(bench.store.tables.drafts);

  test('is no draft while it is held, and the draft of the incident again once it is undone', async () => {
    const { csup, sre, subject, id, updateId } = await post();
    expect([await readDraft(csup, subject), await readDraft(csup, `incident:${id}`)]).toEqual([null, null]);
    expect(await listDrafts(csup)).toEqual([]);
    await undoUpdate({ ...sre, now: csup.now }, updateId);
    expect(await readDraft(csup, `incident:${id}`)).toMatchObject(typed);
    expect(await readDraft(sre, `incident:${id}`)).toBeNull();
    expect(await kept()).toBe(1);
  });

  test('is thrown away once it is public: by its time, or at once', async () => {
    const first = await post();
    expect(await kept()).toBe(1);
    await publishNow(first.csup, first.updateId);
    expect(await kept()).toBe(0);
    const { updateId } = await open(first.csup, { holdSeconds: 10 });
    await setDraftAside(first.csup, { updateId, subject: first.subject, ...typed });
    await publishHeldUpdate(minutesLater(first.csup, 1), { updateId });
    expect(await kept()).toBe(0);
    const atOnce = await open(first.csup);
    await setDraftAside(first.csup, { updateId: atOnce.updateId, subject: first.subject, ...typed });
    expect(await kept()).toBe(0);
  });
});
