/** Times are typed to the minute and stored to the millisecond: neither contradicts the other. */
import { expect, test } from 'vitest';
import { resolveIncident } from '../../src/domain/incidents/updates/post-update.ts';
import { recordMilestones } from '../../src/domain/reports/milestones/record-milestones.ts';
import { addSupplierAnalysis } from '../../src/domain/reports/suppliers.ts';
import { describeEachEngine } from '../support/engines.ts';
import { lastWords, latest, open, say, statusPage } from '../support/incidents.ts';
import { resolvedP0 } from '../support/reports.ts';
import { minutesLater } from '../support/world.ts';
import { refusal, refusedFor } from './accounts-support.ts';

/** The start of the minute that `at` lies in, as a person types it. */
const typedMinute = (at: Date): string => new Date(Math.floor(at.getTime() / 60_000) * 60_000).toISOString();

describeEachEngine('a start shown as 00:16 (really 00:16:32)', (bench) => {
  /** An incident that began and whose updates stand 32 seconds after a full minute. */
  async function begun() {
    const page = await statusPage(bench.store);
    const csup = minutesLater(page.csup, 32 / 60);
    const { id } = await open(csup);
    return { page, csup, sre: minutesLater(page.sre, 90), id };
  }

  test('"detected" typed as 00:16 is not refused', async () => {
    const { csup, sre, id } = await begun();
    await recordMilestones(sre, id, { detected: typedMinute(csup.now) });
    const before = minutesLater(csup, -1).now;
    expect(await refusal(recordMilestones(sre, id, { detected: typedMinute(before) }))).toEqual(
      refusedFor('detected: milestone_order'),
    );
  });

  test('a page’s end typed as the minute of the update before it comes right behind that', async () => {
    const { csup, sre, id } = await begun();
    await say(minutesLater(csup, 10), id, 'identified');
    await resolveIncident(minutesLater(csup, 52), id, lastWords);
    const recovered = typedMinute(minutesLater(csup, 10).now);
    await recordMilestones(sre, id, { recovered, pageEnd: 'correct' });
    const { phase, displayAt } = (await latest(sre, id)) ?? {};
    expect(phase).toBe('resolved');
    expect(displayAt).toEqual(new Date(minutesLater(csup, 10).now.getTime() + 1));
  });

  test('an update dated back to the minute of another stands behind it, and the start stays', async () => {
    const { csup, id } = await begun();
    const displayAt = typedMinute(csup.now);
    await say(minutesLater(csup, 20), id, 'identified', { displayAt });
    expect(await latest(csup, id)).toMatchObject({ phase: 'identified' });
    const { incidents } = bench.store.tables;
    const [row] = await bench.store.read.select({ startedAt: incidents.startedAt }).from(incidents);
    expect(row?.startedAt).toEqual(csup.now);
  });

  test('an analysis that came in the minute in which it was asked for is noted', async () => {
    const people = await statusPage(bench.store);
    const engineer = minutesLater(people.engineer, 120);
    const incident = await resolvedP0(people);
    const asked = minutesLater(people.engineer, 100 + 32 / 60).now;
    const noted = addSupplierAnalysis(engineer, incident, {
      supplier: 'Transit Ltd',
      requestedAt: asked.toISOString(),
      receivedAt: typedMinute(asked),
      isNothingOutstanding: true,
    });
    expect(await refusal(noted)).toBe('not refused');
  });
});
