import { expect, test } from 'vitest';
import { changeCategory } from '../../src/domain/catalogue/categories/change-category.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { setNextAction } from '../../src/domain/incidents/log/set-next-action.ts';
import { readDigest } from '../../src/domain/incidents/read-digest.ts';
import { resolveIncident } from '../../src/domain/incidents/updates/post-update.ts';
import { describeEachEngine } from '../support/engines.ts';
import { lastWords, open, statusPage } from '../support/incidents.ts';
import { asUser, minutesLater } from '../support/world.ts';
import { asAnybody, refusal, refusedBy } from './accounts-support.ts';

describeEachEngine('R-071: the digest for the people inside', (bench) => {
  test('has every open P0 and P1 with priority and owner, and those that ended lately; nothing else', async () => {
    const { csup, sre, manager, engineer, api } = await statusPage(bench.store);
    const [first, second, third] = [await open(csup), await open(csup), await open(csup)];
    await classifyIncident(sre, first.id, { priority: 'P0', reason: 'All is down.' });
    await classifyIncident(sre, second.id, { priority: 'P1', reason: 'Important.' });
    await classifyIncident(sre, third.id, { priority: 'P2', reason: 'Few notice.' });
    await open(csup);
    await changeCategory(manager, api, { ownerId: String(manager.actor.userId) });
    await setNextAction(sre, first.id, { text: 'Roll back', ownerId: String(engineer.actor.userId) });
    const digest = (await readDigest(minutesLater(csup, 45))).lines;
    const byId = new Map(digest.map((line) => [line.id, line]));
    expect([...byId.keys()].sort()).toEqual([first.id, second.id].sort());
    expect(byId.get(first.id)).toMatchObject({
      priority: 'P0',
      owner: { id: engineer.actor.userId },
      nextAction: 'Roll back',
      overdueSince: minutesLater(csup, 30).now,
    });
    expect(byId.get(second.id)).toMatchObject({ priority: 'P1', owner: { id: manager.actor.userId } });

    await resolveIncident(minutesLater(csup, 60), second.id, lastWords);
    const week = 7 * 1_440;
    const idsAfter = async (minutes: number, input = {}) =>
      (await readDigest(minutesLater(csup, minutes), input)).lines.map(({ id }) => id);
    expect(await idsAfter(60 + week - 1)).toContain(second.id);
    expect(await idsAfter(60 + week)).toEqual([first.id]);
    expect(await idsAfter(60 + week, { days: 8 })).toContain(second.id);
  });

  test('keeps a restricted one from who may not see it, and all of it from the world', async () => {
    const { csup, security } = await statusPage(bench.store);
    const { id } = await open(security, { category: 'keys' });
    const trusted = await asUser(bench.store, ['security', 'sre']);
    await classifyIncident(trusted, id, { priority: 'P0', reason: 'Keys leaked.' });
    expect((await readDigest(csup)).lines).toEqual([]);
    expect((await readDigest(trusted)).lines.map((line) => line.id)).toEqual([id]);
    expect(await refusal(readDigest(asAnybody(bench.store)))).toEqual(
      refusedBy('unauthenticated', 'unauthenticated'),
    );
  });
});
