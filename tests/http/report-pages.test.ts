/** Board, report page, review, approval and publication inside: every form without JavaScript, allowed and refused. */
import { HtmlValidate } from 'html-validate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishReport } from '../../src/domain/reports/publish-report.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { submitReport } from '../../src/domain/reports/submit-report.ts';
import { adminPaths } from '../../src/paths.ts';
import { validated } from '../support/html.ts';
import { inWords, type ReportDesk, reportDesk } from '../support/report-desk.ts';
import { approve, inReview, resolvedP0, submitted } from '../support/reports.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let desk: ReportDesk;

beforeAll(async () => {
  server = await startTestServer();
  desk = await reportDesk(server);
});
afterAll(() => server?.stop());

test('try', async () => {
  const { report } = await inReview(desk.people(), inWords);
  server.clock.forward(200);
  for (const path of [adminPaths.reports, adminPaths.report(report), adminPaths.reportReview(report)]) {
    const page = await desk.show('manager', path);
    expect(page.status).toBe(200);
    const { results } = await new HtmlValidate(validated).validateString(page.html);
    expect(
      results.flatMap((r) =>
        r.messages.map(
          (m) =>
            `${m.ruleId}: ${m.message} ${m.line} ${page.html.split('\n')[m.line - 1]?.slice(Math.max(0, m.column - 80), m.column + 60)}`,
        ),
      ),
    ).toEqual([]);
  }
});
