/** Board, report page, review, approval and publication inside: every form without JavaScript, allowed and refused. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { adminPaths, publicPaths } from '../../src/paths.ts';
import { apiOf } from '../support/api.ts';
import { faultsOf, validated } from '../support/html.ts';
import { type Answer, inWords, type ReportDesk, reportDesk } from '../support/report-desk.ts';
import { approve, publishedForCustomers, resolvedP0 } from '../support/reports.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { night } from '../support/world.ts';

let server: TestServer;
let desk: ReportDesk;
const dayInMinutes = 24 * 60;

beforeAll(async () => {
  server = await startTestServer();
  desk = await reportDesk(server);
});
beforeEach(() => {
  server.clock.now = night;
});
afterAll(() => server?.stop());

const stateOf = async (report: string) =>
  (await readReport(desk.as(desk.person.manager), report)).report.state;
const ticked = {
  'ticked.content:flag': 'true',
  'ticked.commitments:flag': 'true',
  'ticked.presentation:flag': 'true',
};
const statusOf = ({ status }: Answer): number => status;

describe('R-076, R-077: the board and the decision', () => {
  test('owed reports stand on the board with their days, red when overdue, and one way for who goes next', async () => {
    const owed = await resolvedP0(desk.people(), inWords);
    server.clock.forward(130);
    const engineer = await desk.show('engineer', adminPaths.reports);
    expect(engineer.html).toMatch(/7 days left.*Due 27 Nov 2026/s);
    expect(engineer.html).toMatch(/href="\/admin\/reports\/\w{12}\/text"[^>]*>Write</);
    expect((await desk.show('csup', adminPaths.reports)).html).toContain('Not begun yet');
    const page = await desk.show('engineer', adminPaths.report(owed));
    expect([page.status, page.html.includes('Write the report')]).toEqual([200, true]);
    server.clock.forward(9 * dayInMinutes);
    expect((await desk.show('engineer', adminPaths.reports)).html).toMatch(
      /late[^>]*>\s*<b[^>]*>2 days overdue/,
    );
    server.clock.forward(-9 * dayInMinutes);
    for (const path of [adminPaths.reports, adminPaths.report(owed)])
      expect(await faultsOf((await desk.show('engineer', path)).html, validated)).toEqual([]);
  });

  test('a P1 asks a manager: with a reason, default yes; nobody else decides, and what was typed stays', async () => {
    const { csup, sre } = desk.people();
    const { id } = await openIncident(csup, { category: 'dns', ...inWords });
    await classifyIncident(sre, id, { priority: 'P1', reason: 'Many customers.' });
    const { report } = await readReport(csup, id);
    const page = adminPaths.report(report.id);
    expect((await desk.show('manager', adminPaths.reports)).html).toMatch(/Decision needed.*>Decide</s);
    expect((await desk.show('csup', page)).html).not.toContain('reports.decide');
    const fields = { report: report.id, answer: 'no', 'reason:text': '' };
    const refused = await desk.send('manager', page, 'reports.decide', fields);
    expect([refused.status, refused.html.includes('id="decide-reason-refusal"')]).toEqual([422, true]);
    expect(refused.html).toMatch(/<option value="no" selected/);
    expect(
      statusOf(
        await desk.send('sre', page, 'reports.decide', { ...fields, 'reason:text': 'No other reason' }),
      ),
    ).toBe(403);
    const done = await desk.send('manager', page, 'reports.decide', {
      ...fields,
      'reason:text': 'It was <i>short</i>.',
    });
    expect([done.status, done.location]).toEqual([303, `${page}?done=saved`]);
    const shown = await desk.show('csup', page);
    expect(shown.html).toMatch(/No report, decided by .*It was &lt;i&gt;short/s);
    expect(await faultsOf((await desk.show('manager', page)).html, validated)).toEqual([]);
  });

  test('a P0 set in error: evidence by an SRE, a manager as second person, and the obligation ends', async () => {
    const owed = await resolvedP0(desk.people(), inWords);
    const page = adminPaths.report(owed);
    const fields = { report: owed, priority: 'P2', 'evidence:text': '' };
    expect(statusOf(await desk.send('sre', page, 'reports.proposePriority', fields))).toBe(422);
    const evidence = { ...fields, 'evidence:text': 'The probe was wrong.\nNobody was affected.' };
    expect(statusOf(await desk.send('engineer', page, 'reports.proposePriority', evidence))).toBe(403);
    expect(statusOf(await desk.send('sre', page, 'reports.proposePriority', evidence))).toBe(303);
    const [decision] = (await readReport(desk.as(desk.person.sre), owed)).decisions;
    const settle = { decision: decision?.id ?? '', answer: 'agree' };
    expect(statusOf(await desk.send('sre', page, 'reports.settle', settle))).toBe(403);
    expect((await desk.show('manager', page)).html).toMatch(
      /Nobody was affected.*Agree: Priority set in error/s,
    );
    expect(statusOf(await desk.send('manager', page, 'reports.settle', settle))).toBe(303);
    expect((await desk.show('sre', page)).html).toContain('No report is owed any more');
  });
});

describe('R-081, R-082, G-24: submit, review and approve', () => {
  test('what is missing leads into the editor, place by place; complete, it is submitted', async () => {
    const owed = await resolvedP0(desk.people(), inWords);
    server.clock.forward(130);
    const engineer = desk.as(desk.person.engineer);
    const { id } = await saveReport(engineer, owed, {
      sections: { why: { en: { text: 'On db-01.internal it failed.' } } },
    });
    const page = adminPaths.report(id);
    const { report } = await readReport(engineer, id);
    const fields = { report: id, 'version:number': String(report.version), lintReason: '' };
    const refused = await desk.send('engineer', page, 'reports.submit', fields);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain(`href="${adminPaths.reportText(id)}#f-sections-summary-en-text"`);
    expect(refused.html).toContain(`href="${adminPaths.reportText(id)}#f-title-en"`);
    expect(refused.html).toMatch(/Why it happened, English<\/a>: [^<]*db-01/);
    expect(await faultsOf(refused.html, validated)).toEqual([]);
    expect(statusOf(await desk.send('csup', page, 'reports.submit', fields))).toBe(403);
    const ready = await desk.reviewed();
    expect(await stateOf(ready.report)).toBe('in_review');
  });

  test('all three ticks or none: what was ticked and typed stays when it is refused, and can be saved in between', async () => {
    const { report } = await desk.reviewed();
    const page = adminPaths.reportReview(report);
    const form = await desk.show('manager', page);
    expect(await faultsOf(form.html, validated)).toEqual([]);
    const digest = await desk.digestOf(report);
    expect(form.html).toContain(`name="digest" value="${digest}"`);
    const some = {
      report,
      digest,
      'ticked.content:flag': 'true',
      'ticks.content.comment': 'Clear & <b>right</b>.',
      'ticks.commitments.comment': 'Not ticked.',
      'comments.why': 'Say since when.',
    };
    const refused = await desk.send('manager', page, 'reports.review', { ...some, decision: 'approve' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('id="f-ticks-commitments-refusal"');
    expect(refused.html).toMatch(/id="f-ticks-content"[^>]* checked/);
    expect(refused.html).toContain('Clear &amp; &lt;b&gt;right&lt;/b&gt;.');
    expect(refused.html).toContain('Say since when.');
    expect(await faultsOf(refused.html, validated)).toEqual([]);
    expect((await readReport(desk.as(desk.person.manager), report)).reviews).toEqual([]);
    expect((await desk.send('manager', page, 'reports.review', some)).location).toBe(`${page}?done=saved`);
    const kept = await desk.show('manager', page);
    expect(kept.html).toMatch(/id="f-ticks-content"[^>]* checked.*ticked 20 Nov 2026/s);
    const done = await desk.send('manager', page, 'reports.review', {
      report,
      digest,
      ...ticked,
      decision: 'approve',
    });
    expect([done.status, done.location]).toEqual([303, `${adminPaths.report(report)}?done=approved`]);
    const shown = await desk.show('csup', adminPaths.report(report));
    expect(shown.html).toMatch(/✓ Content, 20 Nov 2026.*Clear &amp; &lt;b&gt;/s);
    expect(shown.html).toContain('Say since when.');
    expect(await stateOf(report)).toBe('approved');
  });

  test('nobody approves what they wrote, and only managers approve; each is told so', async () => {
    const { report } = await desk.reviewed();
    const page = adminPaths.reportReview(report);
    const manager = desk.as(desk.person.manager);
    await saveReport(manager, report, { sections: { response: { en: { text: 'We answered.' } } } });
    await submitReport(desk.as(desk.person.engineer), report);
    const digest = await desk.digestOf(report);
    const fields = { report, digest, ...ticked, decision: 'approve' };
    const own = await desk.show('manager', page);
    expect(own.html).toContain('another manager must review and approve it');
    expect(own.html).not.toContain('value="approve"');
    const refused = await desk.send('manager', page, 'reports.review', fields);
    expect([refused.status, refused.html.includes('Nobody approves what they wrote')]).toEqual([403, true]);
    for (const role of ['engineer', 'sre', 'csup', 'security', 'admin'] as const) {
      expect((await desk.show(role, page)).html).not.toContain('value="approve"');
      expect(statusOf(await desk.send(role, page, 'reports.review', fields))).toBe(403);
    }
    expect(await stateOf(report)).toBe('in_review');
    expect(statusOf(await desk.send('second', page, 'reports.review', fields))).toBe(303);
  });

  test('changes are requested with words, and the next review starts with what changed since', async () => {
    const { report } = await desk.reviewed();
    const page = adminPaths.reportReview(report);
    const ask = { report, digest: await desk.digestOf(report), comment: '', decision: 'request_changes' };
    const refused = await desk.send('manager', page, 'reports.review', ask);
    expect([refused.status, refused.html.includes('id="f-comment-refusal"')]).toEqual([422, true]);
    const asked = await desk.send('manager', page, 'reports.review', {
      ...ask,
      comment: 'Say how many\ncustomers.',
    });
    expect(asked.location).toBe(`${adminPaths.report(report)}?done=changesRequested`);
    const engineer = desk.as(desk.person.engineer);
    expect((await desk.show('engineer', adminPaths.report(report))).html).toContain(
      'Say how many customers.',
    );
    await saveReport(engineer, report, { sections: { impact: { en: { text: 'About 3,120 accounts.' } } } });
    await submitReport(engineer, report);
    const next = await desk.show('manager', page);
    expect(next.html).toMatch(
      /Since your review of 20 Nov 2026.*<del[^>]*>impact\.<\/del><ins[^>]*>3,120 accounts\.<\/ins>/s,
    );
    expect((await desk.show('second', page)).html).toContain('This is its first review');
  });

  test('an approval of an outdated version is refused with what changed; words stay, ticks do not', async () => {
    const { report } = await desk.reviewed();
    const page = adminPaths.reportReview(report);
    const digest = await desk.digestOf(report);
    const engineer = desk.as(desk.person.engineer);
    await saveReport(engineer, report, { sections: { why: { en: { text: 'Another reason.' } } } });
    const fields = { report, digest, ...ticked, 'ticks.content.comment': 'Well told.', decision: 'approve' };
    const draft = await desk.send('manager', page, 'reports.review', fields);
    expect(draft.status).toBe(409);
    expect(draft.html).toMatch(/changed while you read.*Why it happened.*<ins[^>]*>Another reason\.<\/ins>/s);
    expect(draft.html).toContain('It is being written again');
    await submitReport(engineer, report);
    const anew = await desk.send('manager', page, 'reports.review', fields);
    expect(anew.status).toBe(409);
    expect(anew.html).toContain('Well told.');
    expect(anew.html).not.toMatch(/id="f-ticks-content"[^>]* checked/);
    expect(anew.html).toContain(`name="digest" value="${await desk.digestOf(report)}"`);
    expect(await faultsOf(anew.html, validated)).toEqual([]);
    expect(await stateOf(report)).toBe('in_review');
    const api = apiOf(server, await server.token(desk.person.manager));
    const answer = await api.send('POST', `/reports/${report}/review`, { digest, decision: 'approve' });
    expect([answer.status, answer.body.error.details.changes]).toEqual([
      409,
      [{ path: 'sections.why', language: 'en', before: 'About why.', after: 'Another reason.' }],
    ]);
  });
});

describe('R-083: publishing', () => {
  test('not before the approval, not after an edit voided it, not by others, not under a wrong address', async () => {
    const { report } = await desk.reviewed();
    const page = adminPaths.report(report);
    const digest = await desk.digestOf(report);
    const send = (who: 'csup' | 'engineer' | 'manager', slug = '') =>
      desk.send(who, page, 'reports.publish', { report, digest, slug });
    const early = await send('csup');
    expect([early.status, early.html.includes('Only an approved report')]).toEqual([409, true]);
    await approve(desk.as(desk.person.manager), report);
    expect(statusOf(await send('engineer'))).toBe(403);
    for (const slug of ['a'.repeat(200), 'Über uns', '<script>', '../x', '2026', 'priority']) {
      const refused = await send('csup', slug);
      expect([slug, refused.status, refused.html.includes('id="f-slug-refusal"')]).toEqual([slug, 422, true]);
    }
    const engineer = desk.as(desk.person.engineer);
    await saveReport(engineer, report, { title: { en: 'Edited after approval' } });
    const voided = await send('csup');
    expect(voided.status).toBe(409);
    expect(voided.html).toMatch(/changed while you read.*<ins[^>]*>Edited after approval<\/ins>/s);
    expect((await readReport(engineer, report)).report.publishedAt).toBeNull();
  });

  test('CSUP publishes what was approved; then the public page, the meeting owed, and the next version beside it', async () => {
    const { report } = await desk.reviewed();
    const page = adminPaths.report(report);
    await approve(desk.as(desk.person.manager), report);
    expect((await desk.show('csup', adminPaths.reports)).html).toMatch(/#next"[^>]*>Publish</);
    const fields = { report, digest: await desk.digestOf(report), slug: 'api-calls-failed', impact: 'keep' };
    const done = await desk.send('csup', page, 'reports.publish', fields);
    expect([done.status, done.location]).toEqual([303, `${page}?done=published`]);
    const shown = await desk.show('manager', done.location);
    expect(shown.html).toContain(`href="${publicPaths.report('en', 'api-calls-failed')}"`);
    expect(shown.html).toMatch(
      /href="\/admin\/meetings\/\w{12}"[^>]*>Hold the meeting on version 1 by 27 Nov 2026/,
    );
    expect((await server.fetch('/reports/api-calls-failed')).status).toBe(200);
    const taken = await desk.reviewed();
    await approve(desk.as(desk.person.manager), taken.report);
    const other = {
      report: taken.report,
      digest: await desk.digestOf(taken.report),
      slug: 'api-calls-failed',
    };
    expect(statusOf(await desk.send('csup', adminPaths.report(taken.report), 'reports.publish', other))).toBe(
      422,
    );
    const engineer = desk.as(desk.person.engineer);
    await saveReport(engineer, report, {
      title: { en: 'API calls failed for an hour' },
      change: { en: 'More exact.' },
    });
    const next = await desk.show('engineer', adminPaths.report(report, { compare: '0' }));
    expect(next.html).toMatch(/Version 1 stays public while version 2 is written\..*More exact\./s);
    expect(next.html).toMatch(/What changed since submission 1.*<ins[^>]*>failed for an hour<\/ins>/s);
    expect(await faultsOf(next.html, validated)).toEqual([]);
  });

  test('R-098, R-154: inside all nine fields with their persons, in public functions alone', async () => {
    const { report } = await desk.reviewed();
    await approve(desk.as(desk.person.manager), report);
    await desk.send('csup', adminPaths.report(report), 'reports.publish', {
      impact: 'keep',
      report,
      digest: await desk.digestOf(report),
      slug: 'nine-fields',
    });
    const { html } = await desk.show('security', adminPaths.report(report));
    const [, fields = ''] = /<dl class="document"[^>]*>(.*?)<\/dl>/s.exec(html) ?? [];
    expect(fields.match(/<dt[^>]*>[^<]+/g)?.map((one) => one.replace(/<[^>]*>/, ''))).toEqual([
      'Document',
      'Organisation',
      'Owner',
      'Author',
      'Approved by',
      'Revision',
      'Status',
      'Classification',
      'Last change',
    ]);
    expect(fields).toContain(`Platform engineering, ${desk.person.engineer.name}`);
    expect(fields).toContain(`${desk.person.manager.name}, 20 Nov 2026`);
    const world = await server.text('/reports/nine-fields');
    for (const { name } of Object.values(desk.person)) expect(world).not.toContain(name);
  });

  test('markup in every field stays text', async () => {
    const { report } = await desk.reviewed();
    const nasty = '<script>alert(1)</script><img src=x onerror=alert(1)>';
    await desk.send('second', adminPaths.report(report), 'reports.comment', {
      report,
      section: 'why',
      'text:text': nasty,
    });
    await desk.send('manager', adminPaths.report(report), 'reports.classify', {
      report,
      classification: 'internal',
      'reason:text': nasty,
    });
    const engineer = desk.as(desk.person.engineer);
    await saveReport(engineer, report, {
      title: { en: nasty },
      change: { en: nasty },
      ownerFunction: { en: nasty },
      authorFunction: { en: nasty },
      authorReason: nasty,
      entries: [{ at: '2026-11-20T02:12:00.000Z', text: { en: nasty }, isPublic: true }],
      sections: { why: { en: { text: nasty, internal: nasty } } },
    });
    for (const path of [
      adminPaths.reports,
      adminPaths.report(report, { compare: '0' }),
      adminPaths.reportReview(report),
    ]) {
      const { html, status } = await desk.show('manager', path);
      expect(status).toBe(200);
      expect(html).toContain('&lt;script&gt;');
      // In a quoted value the same letters are no markup.
      expect(html.replace(/="[^"]*"/g, '')).not.toMatch(/<script>alert|<img src=x/);
    }
  });
});

describe('R-085, R-125: a report for customers', () => {
  test('is read by its link alone: told once, never kept, indexed or referred to, until it is revoked or expires', async () => {
    const { report, slug } = await publishedForCustomers(desk.people(), inWords);
    server.clock.forward(130);
    const page = adminPaths.report(report);
    expect((await server.fetch(publicPaths.report('en', slug))).status).toBe(404);
    expect((await server.fetch(`/api/v1/reports/${report}`)).status).toBe(404);
    expect(await server.text('/reports/priority/p1')).not.toContain(slug);
    expect((await desk.show('engineer', page)).html).not.toContain('reports.share');
    const fields = {
      report,
      'expiresAt:local': '2026-12-01T12:00',
      note: 'Acme & <i>Co</i>',
      idempotencyKey: 'first',
    };
    expect(statusOf(await desk.send('engineer', page, 'reports.share', fields))).toBe(403);
    const past = await desk.send('csup', page, 'reports.share', {
      ...fields,
      'expiresAt:local': '2026-11-01T12:00',
    });
    expect([past.status, past.html.includes('id="f-expiresAt-refusal"')]).toEqual([422, true]);
    const told = await desk.send('csup', page, 'reports.share', { ...fields, idempotencyKey: 'second' });
    const [, token = ''] = /\/reports\/link\/([\w-]+)/.exec(told.html) ?? [];
    expect([told.status, token.length > 30]).toEqual([200, true]);
    expect(told.html).toContain('The link for Acme &amp; &lt;i&gt;Co');
    expect((await desk.show('csup', page)).html).not.toContain(token);
    const again = await desk.send('csup', page, 'reports.share', { ...fields, idempotencyKey: 'second' });
    expect([again.status, again.html.includes(token)]).toEqual([303, false]);

    for (const language of ['en', 'de'] as const) {
      const answer = await server.fetch(publicPaths.reportLink(language, token));
      const html = await answer.text();
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('x-robots-tag')).toContain('noindex');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(html).toContain(language === 'de' ? 'Zu summary.' : 'About summary.');
      expect(html).not.toMatch(new RegExp(`${slug}|${report}|rel="canonical"`));
      for (const { name } of Object.values(desk.person)) expect(html).not.toContain(name);
      expect(await faultsOf(html, validated)).toEqual([]);
    }
    expect(server.log.join('\n')).not.toContain(token);

    const { links } = await readReport(desk.as(desk.person.csup), report);
    expect(statusOf(await desk.send('engineer', page, 'reports.revoke', { link: links[0]?.id ?? '' }))).toBe(
      403,
    );
    const revoked = await desk.send('csup', page, 'reports.revoke', { link: links[0]?.id ?? '' });
    expect(revoked.location).toBe(`${page}?done=linkRevoked`);
    const gone = await server.fetch(publicPaths.reportLink('de', token));
    expect([gone.status, (await gone.text()).includes('gilt nicht oder nicht mehr')]).toEqual([404, true]);
    const second = await desk.send('manager', page, 'reports.share', { ...fields, idempotencyKey: 'third' });
    const [, next = ''] = /\/reports\/link\/([\w-]+)/.exec(second.html) ?? [];
    expect((await server.fetch(publicPaths.reportLink('en', next))).status).toBe(200);
    server.clock.forward(12 * dayInMinutes);
    expect((await server.fetch(publicPaths.reportLink('en', next))).status).toBe(404);
    server.clock.forward(-12 * dayInMinutes);
    // Guesses are counted, and the reader with a valid link is not kept out by them.
    for (let at = 0; at < 10; at += 1) await server.fetch(publicPaths.reportLink('en', `guess-${at}`));
    expect((await server.fetch(publicPaths.reportLink('en', 'guess'))).status).toBe(429);
    expect((await server.fetch(publicPaths.reportLink('en', next))).status).toBe(200);
  });
});

describe('R-051, R-126: a restricted P0', () => {
  test('is on no board and no page of who may not see it; security and a manager decide together not to release it', async () => {
    const { security } = desk.people();
    const { id } = await openIncident(security, {
      category: 'security',
      phase: 'investigating',
      texts: { en: { title: 'Canary restricted', body: 'The canary sings of keys.' } },
      readers: [desk.person.manager.id, desk.person.sre.id],
    });
    await classifyIncident(desk.as(desk.person.sre), id, { priority: 'P0', reason: 'Keys leaked.' });
    const { report } = await readReport(security, id);
    const page = adminPaths.report(report.id);
    for (const path of [page, adminPaths.reportReview(report.id), adminPaths.report(id)])
      expect(statusOf(await desk.show('second', path))).toBe(404);
    expect((await desk.show('second', adminPaths.reports)).html).not.toContain('Canary restricted');
    expect((await desk.show('manager', adminPaths.reports)).html).toContain('Canary restricted');
    const fields = { report: report.id, 'reason:text': 'It would help attackers.', reviewOn: '2027-02-01' };
    expect(statusOf(await desk.send('manager', page, 'reports.proposeSecrecy', fields))).toBe(403);
    expect(
      statusOf(
        await desk.send('second', page, 'reports.proposePriority', {
          report: report.id,
          priority: 'P1',
          'evidence:text': 'Wrong figures.',
        }),
      ),
    ).toBe(404);
    expect(statusOf(await desk.send('security', page, 'reports.proposeSecrecy', fields))).toBe(303);
    const [decision] = (await readReport(security, id)).decisions;
    expect(
      statusOf(
        await desk.send('second', page, 'reports.settle', { decision: decision?.id ?? '', answer: 'agree' }),
      ),
    ).toBe(404);
    expect(
      statusOf(
        await desk.send('manager', page, 'reports.settle', { decision: decision?.id ?? '', answer: 'agree' }),
      ),
    ).toBe(303);
    expect((await desk.show('security', page)).html).toContain('No report is owed any more');
  });
});
