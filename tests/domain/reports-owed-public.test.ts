/** What the public incident page says of an owed report, by the clock alone: follows, due by, overdue since, here it is. */
import { expect, test } from 'vitest';
import type { Store } from '../../db/store.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { reopenIncident, resolveIncident } from '../../src/domain/incidents/updates/post-update.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { proposeReclassification } from '../../src/domain/reports/obligations/propose-decision.ts';
import { settleDecision } from '../../src/domain/reports/obligations/settle-decision.ts';
import { describeEachEngine } from '../support/engines.ts';
import { lastWords, open, statusPage } from '../support/incidents.ts';
import { runOutbox } from '../support/outbox.ts';
import { publishedReport, resolvedP0 } from '../support/reports.ts';
import { asUser, minutesLater, night } from '../support/world.ts';
import { asAnybody } from './accounts-support.ts';

const day = 24 * 60;
const later = (minutes: number): Date => new Date(night.getTime() + minutes * 60_000);
/** As the world sees it `minutes` after the start. */
const seen = async (store: Store, id: string, minutes: number) => {
  const page = await readIncidentPage(asAnybody(store, later(minutes)), id);
  return page && { report: page.incident.report, validUntil: page.validUntil };
};
/** Friday 20 November and five working days: the midnight after Friday 27 in Berlin. */
const dueAt = new Date('2026-11-27T23:00:00.000Z');

describeEachEngine('R-076: an owed report in public', (bench) => {
  test('follows while the incident is open, is due after it, and is overdue without any write', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    expect((await seen(bench.store, id, 1))?.report).toBeNull();
    await classifyIncident(sre, id, { priority: 'P0', reason: 'All customers.' });
    expect((await seen(bench.store, id, 2))?.report).toEqual({ state: 'owed', dueAt: null, decideBy: null });
    await resolveIncident(minutesLater(csup, 60), id, lastWords);
    expect((await seen(bench.store, id, 61))?.report).toEqual({ state: 'owed', dueAt, decideBy: null });
    // On the last day the page is kept until exactly the instant at which it turns overdue.
    const lastDay = await seen(bench.store, id, 7 * day);
    expect(lastDay).toEqual({ report: { state: 'owed', dueAt, decideBy: null }, validUntil: dueAt });
    expect((await seen(bench.store, id, 30 * day))?.report).toEqual({ state: 'owed', dueAt, decideBy: null });
  });

  test('is not due while the end is held, and due anew after the incident was reopened', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    await classifyIncident(sre, id, { priority: 'P0', reason: 'All customers.' });
    await resolveIncident(minutesLater(csup, 60), id, { ...lastWords, holdSeconds: 60 });
    expect((await seen(bench.store, id, 60))?.report).toEqual({ state: 'owed', dueAt: null, decideBy: null });
    await runOutbox(bench.store, later(61));
    expect((await seen(bench.store, id, 61))?.report).toEqual({ state: 'owed', dueAt, decideBy: null });
    const again = { slots: { effect: 'requests_fail', scope: 'some' }, holdSeconds: 60 };
    await reopenIncident(minutesLater(csup, 8 * day), id, again);
    expect((await seen(bench.store, id, 8 * day))?.report).toEqual({ state: 'owed', dueAt, decideBy: null });
    // Its instant has come, its job has not run.
    expect((await seen(bench.store, id, 8 * day + 1))?.report).toEqual({
      state: 'owed',
      dueAt: null,
      decideBy: null,
    });
    await runOutbox(bench.store, later(8 * day + 1));
    await resolveIncident(minutesLater(csup, 9 * day), id, lastWords);
    const anew = new Date('2026-12-04T23:00:00.000Z');
    expect((await seen(bench.store, id, 9 * day))?.report).toEqual({
      state: 'owed',
      dueAt: anew,
      decideBy: null,
    });
  });

  test('is linked once it is published for everybody', async () => {
    const people = await statusPage(bench.store);
    const { incident, slug } = await publishedReport(people);
    expect((await seen(bench.store, incident, 20 * day))?.report).toEqual({ state: 'published', slug });
  });

  test('is owed no more once two people found that it was no P0', async () => {
    const people = await statusPage(bench.store);
    const { sre, manager } = people;
    const id = await resolvedP0(people);
    const proposal = { priority: 'P2', evidence: 'Counted twice.' };
    const { id: decision } = await proposeReclassification(minutesLater(sre, 100), id, proposal);
    expect((await seen(bench.store, id, 101))?.report).toEqual({ state: 'owed', dueAt, decideBy: null });
    await settleDecision(minutesLater(manager, 102), decision, { isAgreed: true });
    expect((await seen(bench.store, id, 103))?.report).toBeNull();
  });

  test('R-077: a P1 says that a report follows unless management decides otherwise, also before it is over', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    await classifyIncident(sre, id, { priority: 'P1', reason: 'Many customers.' });
    const decideBy = new Date('2026-11-24T23:00:00.000Z');
    expect((await seen(bench.store, id, 2))?.report).toEqual({ state: 'owed', dueAt: null, decideBy });
    await resolveIncident(minutesLater(csup, 60), id, lastWords);
    expect((await seen(bench.store, id, 20 * day))?.report).toEqual({ state: 'owed', dueAt, decideBy: null });
  });

  test('R-126: of a restricted P0 nothing is public, also when its report is overdue', async () => {
    await statusPage(bench.store);
    const trusted = await asUser(bench.store, ['sre', 'security']);
    const { id } = await open(trusted, { category: 'keys' });
    await classifyIncident(trusted, id, { priority: 'P0', reason: 'A key is known.' });
    await resolveIncident(minutesLater(trusted, 60), id, lastWords);
    for (const minutes of [61, 9 * day]) expect(await seen(bench.store, id, minutes)).toBeNull();
  });
});
