import { expect, test } from 'vitest';
import type { Context } from '../../src/domain/core/context.ts';
import { readComposer } from '../../src/domain/desk/read-composer.ts';
import { readDesk } from '../../src/domain/desk/read-desk.ts';
import { readDraft } from '../../src/domain/incidents/drafts/read-draft.ts';
import { setDraftAside } from '../../src/domain/incidents/drafts/set-aside.ts';
import { revokeReason } from '../../src/domain/incidents/not-public/give-reason.ts';
import { listNotPublic } from '../../src/domain/incidents/not-public/list-not-public.ts';
import { listNotices } from '../../src/domain/incidents/notices/list-notices.ts';
import { readOwed } from '../../src/domain/incidents/promises/read-owed.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { referIncident } from '../../src/domain/incidents/restricted/refer-incident.ts';
import { withdrawUpdate } from '../../src/domain/incidents/restricted/withdraw-update.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { undoUpdate } from '../../src/domain/incidents/updates/undo-update.ts';
import { readDue } from '../../src/domain/reports/due/read-due.ts';
import { listProposals } from '../../src/domain/reports/problems/list-proposals.ts';
import { describeEachEngine } from '../support/engines.ts';
import { firstWords, open, plan, say, statusPage } from '../support/incidents.ts';
import { minutesLater } from '../support/world.ts';
import { audits, refusal, refusedBy, refusedFor } from './accounts-support.ts';

describeEachEngine(
  'a false alarm taken back stays as “affects customers, not public” for everybody',
  (bench) => {
    /** Everything that a desk asks of this person. */
    const asked = async (context: Context): Promise<string> => {
      const desk = await readDesk(context);
      const lists = [
        desk,
        (await listNotPublic(context)).notPublic,
        await readOwed(context, desk.open),
        (await readDue(context)).due,
        await listProposals(context),
        (await listNotices(context, {})).notices,
      ];
      return JSON.stringify(lists);
    };

    test('unless its undo says that it was a mistake: then no desk asks for it, now or after its promise', async () => {
      const page = await statusPage(bench.store);
      const { csup } = page;
      const everybody = [csup, page.sre, page.engineer, page.manager, page.security, page.admin];
      const { id: other, updateId: usual } = await open(csup, { holdSeconds: 10 });
      await undoUpdate(csup, usual);
      const { id, updateId } = await open(csup, { category: 'website', holdSeconds: 10 });
      for (const one of everybody) expect(await asked(one)).toContain(id);
      expect(await undoUpdate(csup, updateId, { isMistake: true })).toEqual({ id, hasUpdates: false });
      for (const minutes of [0, 1, 24 * 60])
        for (const one of everybody) {
          const lists = await asked(minutesLater(one, minutes));
          expect(lists).not.toContain(id);
          // Undone without the tick it goes on asking.
          expect(lists).toContain(other);
        }
      expect((await readComposer(csup, { category: 'website' })).sameCategory).toEqual([]);
      expect(await readIncident(csup, id)).toMatchObject({
        affectsCustomers: false,
        notPublicReason: 'It was a mistake, taken back before it was public. Customers are not affected.',
        notPublicAt: csup.now,
        publishedAt: null,
        phase: null,
        number: null,
        nextUpdateBy: null,
      });
      const { promises } = bench.store.tables;
      expect(await bench.store.read.select().from(promises)).toEqual([]);
      expect((await audits(bench.store)).slice(-2)).toMatchObject([
        { action: 'update.undone', subjectId: id },
        {
          action: 'incident.kept-unpublished',
          subjectId: id,
          actorId: csup.actor.userId,
          change: { before: { affectsCustomers: true }, after: { affectsCustomers: false } },
        },
      ]);
    });

    test('keeps what was typed as a draft, takes a reason, and is taken back as any reason is', async () => {
      const { csup } = await statusPage(bench.store);
      const { id, updateId } = await open(csup, { holdSeconds: 10 });
      const values = { 'texts.en.title': ['Mine'] };
      await setDraftAside(csup, { updateId, subject: `category:${id}`, occasion: 'investigating', values });
      await undoUpdate(csup, updateId, { isMistake: true, reason: ' The monitor was wrong ' });
      expect(await readDraft(csup, `incident:${id}`)).toMatchObject({ values });
      expect(await readIncident(csup, id)).toMatchObject({ notPublicReason: 'The monitor was wrong' });
      await revokeReason(csup, id);
      expect(await readIncident(csup, id)).toMatchObject({ notPublicReason: null });
      // It was true after all: published, it is an incident like any other.
      const now = minutesLater(csup, 1);
      await undoUpdate(now, (await postUpdate(now, id, { ...firstWords, holdSeconds: 10 })).updateId, {
        isMistake: true,
      });
      await postUpdate(now, id, firstWords);
      expect(await readIncident(now, id)).toMatchObject({ notPublicReason: null, number: 1 });
    });

    test('may be said of a maintenance that nobody planned', async () => {
      const { csup } = await statusPage(bench.store);
      const { id, updateId } = await plan(csup, 60, 120, { holdSeconds: 10 });
      await undoUpdate(csup, updateId, { isMistake: true });
      expect(await asked(csup)).not.toContain(id);
      expect(await readIncident(csup, id)).toMatchObject({
        notPublicReason: 'It was a mistake, taken back before it was public. Nothing is planned.',
      });
    });

    test('is refused of what customers read already or will, without a word, and for who may not publish', async () => {
      const { csup, engineer } = await statusPage(bench.store);
      const { id, updateId: first } = await open(csup);
      const { updateId } = await say(minutesLater(csup, 1), id, 'identified', { holdSeconds: 10 });
      const now = minutesLater(csup, 1);
      const entries = await audits(bench.store);
      for (const [input, refused] of [
        [{ isMistake: true }, refusedFor('isMistake: mistake_not_first')],
        [{ isMistake: true, reason: 'x' }, refusedFor('reason: reason_thin')],
        [{ reason: 'The monitor was wrong' }, refusedFor('isMistake: required')],
        [{ isMistake: 'yes' }, refusedFor('isMistake: wrong_type')],
      ] as const)
        expect(await refusal(undoUpdate(now, updateId, input))).toEqual(refused);
      expect(await refusal(undoUpdate(now, first, { isMistake: true }))).toEqual(
        refusedBy('conflict', 'not_held'),
      );
      expect(await refusal(undoUpdate({ ...engineer, now: now.now }, updateId, { isMistake: true }))).toEqual(
        refusedBy('forbidden', 'forbidden'),
      );
      expect(await audits(bench.store)).toHaveLength(entries.length);
    });

    test('may be said by the withdrawal of the only text of a restricted incident', async () => {
      const { security, csup } = await statusPage(bench.store);
      const { id, updateId } = await open(security, { category: 'keys' });
      await referIncident(security, id, { toWhom: 'Security on call' });
      const second = await say(minutesLater(security, 1), id, 'identified');
      const now = minutesLater(security, 2);
      const mistake = { reason: 'The key was a test key', isMistake: true };
      expect(await refusal(withdrawUpdate(now, second.updateId, mistake))).toEqual(
        refusedFor('isMistake: mistake_not_first'),
      );
      await withdrawUpdate(now, second.updateId, { reason: mistake.reason });
      await withdrawUpdate(now, updateId, mistake);
      expect(await asked(now)).not.toContain(id);
      expect(await asked({ ...csup, now: now.now })).not.toContain(id);
      expect(await readIncident(now, id)).toMatchObject({
        affectsCustomers: false,
        notPublicReason: mistake.reason,
      });
    });
  },
);
