import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, test } from 'vitest';
import type { Context } from '../../src/domain/core/context.ts';
import { isDomainError } from '../../src/domain/core/errors.ts';
import { deleteOldKeys } from '../../src/domain/core/idempotency/delete-old-keys.ts';
import { type Answer, once } from '../../src/domain/core/idempotency/once.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { listIncidents } from '../../src/domain/incidents/list-incidents.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { describeEachEngine } from '../support/engines.ts';
import { open, say, statusPage } from '../support/incidents.ts';
import { asOperator, minutesLater } from '../support/world.ts';
import { audits, refusal, refusedBy } from './accounts-support.ts';

/** What a conflict shows besides its code. */
async function conflict(work: Promise<unknown>): Promise<unknown> {
  const error = await work.catch((e: unknown) => e);
  if (!isDomainError(error) || error.key !== 'conflict_version') throw error;
  return error.details;
}

describeEachEngine('two who write at the same time', (bench) => {
  test('the second is told, sees both texts and loses nothing', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id, updateId } = await open(csup);
    const { version } = await readIncident(csup, id);
    const theirs = await say(minutesLater(sre, 1), id, 'identified', { version });
    const texts = {
      en: { body: 'Mine, written meanwhile.' },
      de: { title: 'Meiner', body: 'Inzwischen geschrieben.' },
    };
    const now = minutesLater(csup, 2);
    expect(await conflict(postUpdate(now, id, { phase: 'monitoring', texts, version }))).toEqual({
      version: version + 1,
      theirs: {
        update: theirs.updateId,
        phase: 'identified',
        texts: {
          en: {
            title: 'API requests fail',
            body: 'This is what we say when it is identified, at some length.',
          },
          de: undefined,
        },
      },
      yours: texts,
    });
    const slots = { effect: 'all_fail' };
    expect(await conflict(postUpdate(now, id, { occasion: 'no_news', slots, version }))).toMatchObject({
      yours: slots,
    });
    expect(await conflict(correctUpdate(now, updateId, { texts, version }))).toMatchObject({
      theirs: { update: theirs.updateId },
      yours: texts,
    });
    expect(
      await conflict(classifyIncident(sre, id, { priority: 'P0', reason: 'My own reason', version })),
    ).toEqual({
      version: version + 1,
      theirs: { priority: 'P3', isReviewed: false },
      yours: { priority: 'P0', reason: 'My own reason' },
    });
    expect(await readIncident(csup, id)).toMatchObject({
      phase: 'identified',
      isReviewed: false,
      version: version + 1,
    });
    await postUpdate(now, id, { phase: 'monitoring', texts, version: version + 1 });
    await postUpdate(minutesLater(now, 1), id, { phase: 'monitoring', texts });
  });

  test('every change counts: an update, a correction, a translation, a classification; a refused one does not', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id, updateId } = await open(csup);
    const versionNow = async () => (await readIncident(csup, id)).version;
    const first = await versionNow();
    const acts = [
      () => say(minutesLater(csup, 1), id, 'identified'),
      () =>
        correctUpdate(minutesLater(csup, 2), updateId, {
          texts: { en: { body: 'Better.' } },
          isOtherRight: true,
        }),
      () => classifyIncident(sre, id, { priority: 'P1', reason: 'Because' }),
      () => say(minutesLater(csup, 3), id, 'resolved', { holdSeconds: 10 }),
    ];
    for (const [at, act] of acts.entries()) {
      await act();
      expect(await versionNow()).toBe(first + at + 1);
    }
    await refusal(say(minutesLater(csup, 4), id, 'scheduled'));
    expect(await versionNow()).toBe(first + acts.length);
  });

  test('of ten who post on the same version one wins', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const { version } = await readIncident(csup, id);
    const now = minutesLater(csup, 1);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => refusal(say(now, id, 'identified', { version }))),
    );
    expect(answers.filter((answer) => answer === 'not refused')).toHaveLength(1);
    expect(answers.filter((answer) => answer !== 'not refused')).toEqual(
      Array.from({ length: 9 }, () => refusedBy('conflict', 'conflict_version')),
    );
    expect((await readIncident(now, id)).updates).toHaveLength(2);
  });
});

describeEachEngine('the same request twice', (bench) => {
  const count = async (context: Context) => (await listIncidents(context)).incidents.length;
  const opening =
    (context: Context, input?: Record<string, unknown>) => async () => async (): Promise<Answer> => ({
      status: 201,
      body: await open(context, input),
    });
  const request = { operation: 'openIncident', input: { category: 'api', occasion: 'investigating' } };

  test('under one key is done once; the repeat gets the first answer', async () => {
    const { csup } = await statusPage(bench.store);
    const first = await once(csup, 'key-1', request, opening(csup));
    const entries = (await audits(bench.store)).length;
    const later = minutesLater(csup, 60);
    const sorted = { input: { occasion: 'investigating', category: 'api' }, operation: 'openIncident' };
    expect(await once(later, 'key-1', sorted, opening(later))).toEqual(first);
    expect(first.status).toBe(201);
    expect(await count(csup)).toBe(1);
    expect(await audits(bench.store)).toHaveLength(entries);
    await once(csup, 'key-2', request, opening(csup));
    await once(csup, null, request, opening(csup));
    await once(csup, '', request, opening(csup));
    expect(await count(csup)).toBe(4);
  });

  test('another request under the key is refused and does nothing', async () => {
    const { csup } = await statusPage(bench.store);
    await once(csup, 'key', request, opening(csup));
    const others = [
      { ...request, input: { ...request.input, impact: 'minor' } },
      { ...request, operation: 'postUpdate' },
      {},
    ];
    for (const other of others) {
      expect(await refusal(once(csup, 'key', other, opening(csup)))).toEqual({
        ...refusedBy('conflict', 'conflict_idempotency'),
        fields: ['Idempotency-Key: conflict_idempotency'],
      });
    }
    expect(await count(csup)).toBe(1);
  });

  test('keys belong to a credential: two tokens of one person, or two people, do not meet', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const token = { ...csup, actor: { ...csup.actor, kind: 'token' as const, credentialId: 'tttttttttttt' } };
    const contexts = [csup, token, sre, asOperator(bench.store)];
    for (const context of contexts) await once(context, 'key', request, opening(context));
    expect(await count(csup)).toBe(contexts.length);
  });

  test('a double click makes one incident, and both get its id', async () => {
    const { csup } = await statusPage(bench.store);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => once(csup, 'click', request, opening(csup))),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await count(csup)).toBe(1);
  });

  test('is not prepared again; of two at once both are prepared, and one is done', async () => {
    const { csup } = await statusPage(bench.store);
    let prepared = 0;
    const both = Promise.withResolvers<void>();
    const counted = async () => {
      prepared += 1;
      if (prepared === 2) both.resolve();
      await both.promise;
      return opening(csup)();
    };
    const [one, other] = await Promise.all([0, 1].map(() => once(csup, 'two at once', request, counted)));
    expect(other).toEqual(one);
    expect(await once(csup, 'two at once', request, counted)).toEqual(one);
    expect([prepared, await count(csup)]).toEqual([2, 1]);
  });

  test('keeps nobody from writing while it is prepared', async () => {
    const { csup } = await statusPage(bench.store);
    const outside = AsyncLocalStorage.snapshot();
    await once(csup, 'slow', request, async () => {
      await outside(() => open(csup));
      return opening(csup)();
    });
    expect(await count(csup)).toBe(2);
  });

  test('what was refused is not remembered: the repeat may succeed', async () => {
    const { csup } = await statusPage(bench.store);
    expect(await refusal(once(csup, 'key', request, opening(csup, { slots: {} })))).toMatchObject({
      code: 'invalid',
    });
    await once(csup, 'key', request, opening(csup));
    expect(await count(csup)).toBe(1);
    const lateFailure = once(csup, 'late', request, async () => async () => {
      await open(csup);
      throw new Error('after the change');
    });
    await expect(lateFailure).rejects.toThrow('after the change');
    expect(await count(csup)).toBe(1);
  });

  test('any answer can be remembered', async () => {
    const { csup } = await statusPage(bench.store);
    for (const body of ['/admin', '', 0, false, [], { list: [1, null], nested: { b: 1, a: 'Grüße' } }]) {
      const key = JSON.stringify(body);
      const answer = { status: 303, body };
      await once(csup, key, request, async () => async () => answer);
      expect(await once(csup, key, request, () => Promise.reject(new Error('done twice')))).toEqual(answer);
    }
  });

  test('a key is forgotten after 24 hours, not before', async () => {
    const { csup } = await statusPage(bench.store);
    const first = await once(csup, 'key', request, opening(csup));
    const day = 24 * 60;
    await deleteOldKeys(minutesLater(csup, day));
    expect(await once(minutesLater(csup, day), 'key', request, opening(csup))).toEqual(first);
    await deleteOldKeys({ ...csup, now: new Date(minutesLater(csup, day).now.getTime() + 1) });
    expect(await once(minutesLater(csup, day + 1), 'key', request, opening(csup))).not.toEqual(first);
    expect(await count(csup)).toBe(2);
  });
});
