import { expect, test } from 'vitest';
import type { Context } from '../../src/domain/core/context.ts';
import { postUpdate, resolveIncident } from '../../src/domain/incidents/updates/post-update.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { readReportPage } from '../../src/domain/public/read-report-page.ts';
import { classifyReport } from '../../src/domain/reports/classify-report.ts';
import { recordMilestones } from '../../src/domain/reports/milestones/record-milestones.ts';
import { addItem } from '../../src/domain/reports/remediation/add-item.ts';
import { publishReport } from '../../src/domain/reports/reviews/publish-report.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { describeEachEngine } from '../support/engines.ts';
import { lastWords, open, say, statusPage } from '../support/incidents.ts';
import { approve, complete, problemOf, promise, resolvedP0, submitted } from '../support/reports.ts';
import { minutesLater } from '../support/world.ts';
import { asAnybody, refusal, refusedFor } from './accounts-support.ts';

describeEachEngine('the page’s end and the milestone "recovered"', (bench) => {
  const anybody = (context: Context): Context => ({ ...asAnybody(bench.store), now: context.now });

  /** Of the API, resolved after 52 minutes, with an update before that at `middle`. */
  async function ended(middle = 10) {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    await say(minutesLater(csup, middle), id, 'identified');
    await resolveIncident(minutesLater(csup, 52), id, lastWords);
    const at = (minutes: number): string => minutesLater(csup, minutes).now.toISOString();
    const later = minutesLater(sre, 90);
    const shown = async () => (await readIncidentPage(anybody(later), id))?.incident;
    return { csup, id, at, later, shown };
  }

  test('where they differ, recording asks which is right, and changes nothing until then', async () => {
    const { id, at, later, shown } = await ended();
    expect(await refusal(recordMilestones(later, id, { recovered: at(24) }))).toEqual(
      refusedFor('recovered: end_differs'),
    );
    expect((await shown())?.resolvedAt?.toISOString()).toBe(at(52));
    // The same to the minute is the same for readers.
    await recordMilestones(later, id, { recovered: at(52.2) });
  });

  test('"correct" moves the page’s end and its words, and says so; "keep" leaves both', async () => {
    const { id, at, later, shown } = await ended();
    await recordMilestones(later, id, { recovered: at(24), pageEnd: 'correct' });
    const incident = await shown();
    expect(incident).toMatchObject({ phase: 'resolved', resolvedAt: new Date(at(24)) });
    const [update] = incident?.updates ?? [];
    expect(update?.texts.en).toMatchObject({
      revision: 2,
      body: expect.stringContaining('since 03:36 CET (02:36 UTC); the disruption lasted 24 min.'),
      note: 'The end is 03:36 CET (02:36 UTC), not 04:04 CET (03:04 UTC)',
    });
    expect(update?.texts.de?.body).toContain('dauerte 24 Min.; der Betrieb läuft seit 03:36 MEZ (02:36 UTC)');
    await recordMilestones(later, id, { recovered: at(30), pageEnd: 'keep' });
    expect((await shown())?.resolvedAt?.toISOString()).toBe(at(24));
  });

  test('the page cannot end while it says that it lasts, nor before its start', async () => {
    const { id, at, later } = await ended(30);
    for (const minutes of [24, 30])
      expect(
        await refusal(recordMilestones(later, id, { recovered: at(minutes), pageEnd: 'correct' })),
      ).toEqual(refusedFor('recovered: end_not_movable'));
    await recordMilestones(later, id, { recovered: at(24), pageEnd: 'keep' });
  });

  test('a report that says another duration than the page says so, and so does the page', async () => {
    const people = await statusPage(bench.store);
    const { engineer, manager, csup, sre } = people;
    const incident = await resolvedP0(people);
    const recovered = minutesLater(sre, 45).now.toISOString();
    await recordMilestones(minutesLater(sre, 95), incident, { recovered, pageEnd: 'keep' });
    const later = minutesLater(engineer, 120);
    const { id } = await saveReport(later, incident, complete(engineer.actor.userId));
    await classifyReport(manager, id, { classification: 'public', reason: 'It is a P0.' });
    await addItem(later, await problemOf(engineer, incident), promise(engineer.actor.userId));
    await submitReport(later, id);
    await approve(minutesLater(manager, 120), id);
    const at = minutesLater(csup, 121);
    const { slug } = await publishReport(at, id, { digest: await submitted(csup, id) });
    const minute = 60_000;
    expect((await readReportPage(anybody(at), slug))?.report).toMatchObject({
      outage: 45 * minute,
      onPage: { lasted: 60 * minute, endedAt: minutesLater(csup, 60).now },
    });
    expect((await readIncidentPage(anybody(at), incident))?.reportedOutage).toBe(45 * minute);
  });

  test('a start that is put right corrects the duration in the words of the end, alone and with the end', async () => {
    const { id, at, later, shown } = await ended();
    await recordMilestones(later, id, { started: at(-8) });
    const words = async () => (await shown())?.updates[0].texts;
    expect(await words()).toMatchObject({
      en: {
        body: expect.stringContaining('the disruption lasted 1 h.'),
        note: 'The start is 03:04 CET (02:04 UTC), not 03:12 CET (02:12 UTC)',
      },
      de: { body: expect.stringContaining('dauerte 1 Std.;') },
    });
    await recordMilestones(later, id, { started: at(-10), recovered: at(24), pageEnd: 'correct' });
    expect((await words())?.en?.body).toContain('since 03:36 CET (02:36 UTC); the disruption lasted 34 min.');
    await recordMilestones(later, id, { started: at(-10), detected: at(0) });
    expect((await words())?.en?.revision).toBe(3);
  });

  test('it cannot start after an update told of it, or it would end before it starts', async () => {
    const { id, at, later, shown } = await ended();
    for (const minutes of [5, 60])
      expect(await refusal(recordMilestones(later, id, { started: at(minutes) }))).toEqual(
        refusedFor('started: start_after_update'),
      );
    await recordMilestones(later, id, { started: at(0.5) });
    expect((await shown())?.startedAt.toISOString()).toBe(at(0.5));
  });

  test('nothing is asked of what is still open', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    await recordMilestones(minutesLater(sre, 20), id, { recovered: minutesLater(sre, 10).now.toISOString() });
    const texts = { en: { body: 'We watch.' } };
    const posted = postUpdate(minutesLater(csup, 30), id, { phase: 'monitoring', texts });
    expect(await refusal(posted)).toBe('not refused');
  });
});
