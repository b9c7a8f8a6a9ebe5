/** The way of a report over its screens, without JavaScript, where it stumbled. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordMilestones } from '../../src/domain/reports/milestones/record-milestones.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { adminPaths, publicPaths } from '../../src/paths.ts';
import { inWords, type ReportDesk, reportDesk } from '../support/report-desk.ts';
import { addAction, complete, resolvedP0 } from '../support/reports.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let desk: ReportDesk;
beforeAll(async () => {
  server = await startTestServer();
  desk = await reportDesk(server);
});
afterAll(() => server?.stop());

/** A written report of a P0 whose recovery nobody verified. */
async function written() {
  const incident = await resolvedP0(desk.people(), inWords);
  server.clock.forward(130);
  const { engineer, sre } = desk.people();
  await recordMilestones(sre, incident, { verified: null });
  const { id } = await saveReport(engineer, incident, complete(engineer.actor.userId));
  return { incident, id, page: adminPaths.report(id), engineer };
}
const fieldsOf = async (id: string): Promise<Record<string, string>> => {
  const { report } = await readReport(desk.people().engineer, id);
  return { report: id, 'version:number': String(report.version) };
};

describe('a P0 report on its way through the screens', () => {
  test('a refused submission says what is saved, asks why "verified" is unrecorded, and keeps the words', async () => {
    const { incident, id, page, engineer } = await written();
    const refused = await desk.send('engineer', page, 'reports.submit', await fieldsOf(id));
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('Not submitted. What was written stays saved');
    expect(refused.html).not.toContain('Nothing was saved');
    expect(refused.html).toMatch(/Actions<\/a>: The report of a P0 names at least one action/);
    expect(refused.html).toContain('Nobody recorded that the recovery was verified. Record it, or say why');
    await addAction(engineer, incident);
    const thin = { ...(await fieldsOf(id)), unverifiedReason: 'so so' };
    const again = await desk.send('engineer', page, 'reports.submit', thin);
    expect(again.status).toBe(422);
    expect(again.html).toContain('value="so so"');
    const reason = { ...(await fieldsOf(id)), unverifiedReason: 'Its probe is built next week.' };
    expect((await desk.send('engineer', page, 'reports.submit', reason)).status).toBe(303);
    for (const shown of [page, adminPaths.reportReview(id)])
      expect((await desk.show('manager', shown)).html).toContain('Its probe is built next week.');
  });

  test('a manager is not offered a submission after which that manager may not approve, and reads before what it means', async () => {
    const { id, page } = await written();
    const board = (await desk.show('manager', adminPaths.reports)).html;
    expect(board).not.toContain(`class="button quiet" href="${adminPaths.reportText(id)}"`);
    expect((await desk.show('engineer', adminPaths.reports)).html).toContain(adminPaths.reportText(id));
    const { html } = await desk.show('manager', page);
    expect(html).toMatch(
      /<details[^>]*>\s*<summary[^>]*>Write or submit it yourself<\/summary>\s*<p class="notice careful"[^>]*>Whoever writes or submits/,
    );
    expect((await desk.show('engineer', page)).html).not.toContain('Write or submit it yourself');
  });

  test('approving states the classification it publishes with; "P0" beside "Impact: Minor" is asked before publishing', async () => {
    const { incident, id, page, engineer } = await written();
    await addAction(engineer, incident);
    const { digest } = await submitReport(engineer, id, {
      unverifiedReason: 'Its probe is built next week.',
    });
    const { incidents } = server.app.store.tables;
    await server.app.store.transaction(async ({ db }) => {
      await db.update(incidents).set({ impact: 'minor' }).where(eq(incidents.id, incident));
    });
    const review = adminPaths.reportReview(id);
    const form = (await desk.show('manager', review)).html;
    expect(form).toContain('Approving classifies the report as: Public');
    expect(form).toContain('So far: Internal.');
    expect(form).toContain('The incident’s page says “Impact: Minor” beside this P0');
    const ticks = Object.fromEntries(
      ['content', 'commitments', 'presentation'].map((aspect) => [`ticked.${aspect}:flag`, 'true']),
    );
    const approval = { report: id, digest, decision: 'approve', ...ticks };
    expect((await desk.send('manager', review, 'reports.review', approval)).status).toBe(422);
    const stated = { ...approval, classification: 'public' };
    expect((await desk.send('manager', review, 'reports.review', stated)).status).toBe(303);
    const asked = await desk.send('csup', page, 'reports.publish', { report: id, digest });
    expect(asked.status).toBe(422);
    expect(asked.html).toContain('Leave the impact: Minor');
    expect(asked.html).toContain('Raise the impact: Critical');
    const raised = { report: id, digest, impact: 'critical' };
    expect((await desk.send('csup', page, 'reports.publish', raised)).status).toBe(303);
    expect(await (await server.fetch(publicPaths.incident('en', incident))).text()).toContain('Critical');
  });
});
