import { expect, test } from 'vitest';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { referIncident } from '../../src/domain/incidents/restricted/refer-incident.ts';
import { releaseIncident } from '../../src/domain/incidents/restricted/release-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { listStandIns } from '../../src/domain/incidents/updates/list-stand-ins.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { undoUpdate } from '../../src/domain/incidents/updates/undo-update.ts';
import { addShift } from '../../src/domain/people/roster/add-shift.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { describeEachEngine } from '../support/engines.ts';
import { firstWords, type StatusPage, statusPage } from '../support/incidents.ts';
import { asOperator, asUser, minutesLater } from '../support/world.ts';
import { asAnybody, audits, refusal, refusedBy, refusedFor } from './accounts-support.ts';

const asked = refusedFor('standInReason: stand_in');
const reason = { standInReason: 'CSUP does not answer the phone.' };
const first = { category: 'api', ...firstWords };
const next = { phase: 'identified', texts: { en: { body: 'Many requests fail, and we know why.' } } };
const secret = {
  category: 'keys',
  phase: 'investigating',
  texts: { en: { title: 'Canary', body: 'It sings.' } },
};

describeEachEngine('R-165: customers are told by CSUP', (bench) => {
  const acts = async ({ csup }: Pick<StatusPage, 'csup'>) =>
    (await listStandIns(csup)).standIns.map(({ act, by, reason: why }) => [act, by, why]);
  const titles = async ({ csup }: Pick<StatusPage, 'csup'>) =>
    (await listStandIns(csup)).standIns.map((standIn) => standIn.titles.en);

  test('a post without the role csup and without a reason is refused; with one it is public and on the list of CSUP', async () => {
    const page = await statusPage(bench.store);
    const { id } = await openIncident(page.csup, first);
    for (const who of [page.manager, page.sre, page.security, page.admin]) {
      expect(await refusal(openIncident(who, first))).toEqual(asked);
      expect(await refusal(postUpdate(who, id, { ...next, standInReason: '  ' }))).toEqual(asked);
      expect(await refusal(postUpdate(who, id, { ...next, standInReason: 'x' }))).toEqual(
        refusedFor('standInReason: reason_thin'),
      );
    }
    expect(await acts(page)).toEqual([]);
    const { manager } = page;
    const { updateId } = await postUpdate(minutesLater(manager, 1), id, { ...next, ...reason });
    expect(await acts({ csup: minutesLater(page.csup, 2) })).toEqual([
      ['update', manager.actor.name, reason.standInReason],
    ]);
    // The way to the incident has its name, though nobody named it inside.
    const { titles: told } = await readIncident(page.csup, id);
    expect(told.en).toBeTruthy();
    expect(await titles({ csup: minutesLater(page.csup, 2) })).toEqual([told.en]);
    const shown = await readIncidentPage(
      { ...asAnybody(bench.store), now: minutesLater(manager, 1).now },
      id,
    );
    expect(shown?.incident.phase).toBe('identified');
    expect(JSON.stringify(shown)).not.toContain('does not answer');

    const texts = { en: { body: 'Some requests fail, and we know why.' } };
    expect(await refusal(correctUpdate(minutesLater(manager, 2), updateId, { texts }))).toEqual(asked);
    await correctUpdate(minutesLater(manager, 2), updateId, { texts, ...reason });
    expect((await acts({ csup: minutesLater(page.csup, 3) })).map(([act]) => act)).toEqual([
      'correction',
      'update',
    ]);
    const kept = (await audits(bench.store)).flatMap(({ action, change }) =>
      JSON.stringify(change).includes('does not answer') ? [action] : [],
    );
    expect(kept).toEqual(['update.posted', 'update.corrected']);
    // A week later everybody of CSUP has read it; the audit keeps it.
    expect(await acts({ csup: minutesLater(page.csup, 8 * 24 * 60) })).toEqual([]);
  });

  test('CSUP and the operator are asked nothing, and a reason given all the same is not stored', async () => {
    const page = await statusPage(bench.store);
    const both = await asUser(bench.store, ['manager', 'csup']);
    for (const who of [page.csup, both, asOperator(bench.store)]) {
      const { id } = await openIncident(who, first);
      await postUpdate(minutesLater(who, 1), id, { ...next, ...reason });
    }
    expect(await acts(page)).toEqual([]);
    for (const who of [page.manager, page.sre, page.admin])
      expect(await refusal(listStandIns(who))).toEqual(refusedBy('forbidden', 'forbidden'));
  });

  test('beside the question of who is not on call it is one reason, not two', async () => {
    const page = await statusPage(bench.store);
    const [startsAt, endsAt] = [page.csup.now, minutesLater(page.csup, 60).now].map((at) => at.toISOString());
    await addShift(page.csup, { userId: page.csup.actor.userId, startsAt, endsAt });
    expect(await refusal(openIncident(page.sre, first))).toEqual(asked);
    await openIncident(page.sre, { ...first, ...reason });
    await openIncident(page.sre, { ...first, offDutyReason: 'Nobody of CSUP is there.' });
    expect((await acts(page)).map(([, , why]) => why).toSorted()).toEqual(
      [reason.standInReason, 'Nobody of CSUP is there.'].toSorted(),
    );
  });

  test('what is undone before its instant was told nobody, and leaves the list', async () => {
    const page = await statusPage(bench.store);
    const { id } = await openIncident(page.csup, first);
    const { updateId } = await postUpdate(minutesLater(page.sre, 1), id, {
      ...next,
      ...reason,
      holdSeconds: 60,
    });
    expect(await acts({ csup: minutesLater(page.csup, 1) })).toHaveLength(1);
    await undoUpdate(minutesLater(page.sre, 1), updateId);
    expect(await acts({ csup: minutesLater(page.csup, 1) })).toEqual([]);
  });

  test('a restricted text tells customers nothing; its release does, and CSUP reads why from then on', async () => {
    const page = await statusPage(bench.store);
    const { id } = await openIncident(page.security, secret);
    await postUpdate(minutesLater(page.security, 1), id, next);
    await referIncident(minutesLater(page.security, 1), id, {
      toWhom: 'CSUP',
      text: 'Patched everywhere.',
    });
    const { version } = await readIncident(page.security, id);
    const release = (more: object) =>
      releaseIncident(minutesLater(page.security, 2), id, { version, ...more });
    expect(await refusal(release({}))).toEqual(asked);
    expect(await acts({ csup: minutesLater(page.csup, 2) })).toEqual([]);
    await release(reason);
    expect(await acts({ csup: minutesLater(page.csup, 3) })).toEqual([
      ['release', page.security.actor.name, reason.standInReason],
    ]);
  });
});
