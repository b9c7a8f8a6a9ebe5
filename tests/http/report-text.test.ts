/** The editor of a report over HTTP, without JavaScript: one form, everything that was typed survives, nothing half-done. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { reportSections } from '../../db/words.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { addLogEntry } from '../../src/domain/incidents/log/add-log-entry.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { validatePriority } from '../../src/domain/incidents/validate-priority.ts';
import { classifyReport } from '../../src/domain/reports/classify-report.ts';
import { recordMilestones } from '../../src/domain/reports/milestones/record-milestones.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { reviewReport } from '../../src/domain/reports/reviews/review-report.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { addSupplierAnalysis, changeSupplierAnalysis } from '../../src/domain/reports/suppliers.ts';
import { faultsOf } from '../support/html.ts';
import { spoken } from '../support/in-words.ts';
import { type Fields, type Insider, insideOf, insider, signInAgain } from '../support/inside.ts';
import { addAction } from '../support/reports.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let engineer: Insider;
let csup: Insider;
let manager: Insider;
let security: Insider;

beforeAll(async () => {
  server = await startTestServer();
  engineer = await insider(server, 'engineer', 'sre', 'csup');
  csup = await insider(server, 'csup');
  manager = await insider(server, 'manager');
  security = await insider(server, 'security', 'csup', 'sre');
});
// Every incident takes an hour, and a session ends when nobody uses it.
beforeEach(() => signInAgain(server, engineer, csup, manager, security));
afterAll(() => server?.stop());

const { as, show, send: sendTo } = insideOf(() => server);
const pathOf = (id: string): string => `/admin/reports/${id}/text`;
const send = (who: Insider, id: string, fields: Fields, action: string | null = 'reportText.save') =>
  sendTo(who, pathOf(id), action, fields);
const plain = (text: string): string =>
  text.replace(
    /&(#34|quot|#38|amp|lt|gt|#39);/g,
    (whole, name: string) =>
      ({ '#34': '"', quot: '"', '#38': '&', amp: '&', lt: '<', gt: '>', '#39': "'" })[name] ?? whole,
  );

/** Every field of the editor's form with what a browser would send. */
function fieldsOf(html: string): Map<string, string> {
  const [, form = ''] = /<form class="editor[\s\S]*?>([\s\S]*?)<\/form>/.exec(html) ?? [];
  const fields = new Map<string, string>();
  for (const [whole] of form.matchAll(/<input\b(?:[^>"]|"[^"]*")*>/g)) {
    const of = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(whole)?.[1];
    const name = of('name');
    if (!name || (of('type') === 'checkbox' && !/\bchecked\b/.test(whole))) continue;
    fields.set(name, plain(of('value') ?? ''));
  }
  for (const [, name = '', text = ''] of form.matchAll(
    /<textarea\b[^>]*\bname="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g,
  ))
    fields.set(name, plain(text));
  for (const [, name = '', options = ''] of form.matchAll(
    /<select\b[^>]*\bname="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g,
  ))
    fields.set(
      name,
      /<option value="([^"]*)"[^>]*\bselected/.exec(options)?.[1] ??
        /<option value="([^"]*)"/.exec(options)?.[1] ??
        '',
    );
  return fields;
}

/** A P0, told in three updates and one note of the log; resolved an hour after its start. */
async function resolvedP0(who = engineer, category = 'api'): Promise<string> {
  const started = server.clock.now;
  const texts = (word: string) => ({
    en: {
      title: `Storage fails (${word})`,
      body: `We say ${word}. It is the second sentence. The third is left out.`,
    },
    de: {
      title: `Speicher fällt aus (${word})`,
      body: `Wir sagen ${word}. Das ist der zweite Satz. Der dritte fehlt.`,
    },
  });
  const { id } = await openIncident(as(who), { category, phase: 'investigating', texts: texts('alpha') });
  await classifyIncident(as(who), id, { priority: 'P0', reason: 'All is down.' });
  // Of a restricted one a manager sees nothing.
  if (category === 'api') await validatePriority(as(manager), id);
  server.clock.forward(10);
  await addLogEntry(as(who), id, { text: 'gw-7 refuses <b>all</b> handshakes' });
  server.clock.forward(20);
  await postUpdate(as(who), id, { phase: 'identified', texts: texts('beta') });
  server.clock.forward(30);
  await postUpdate(as(who), id, { phase: 'resolved', texts: texts('gamma') });
  server.clock.forward(10);
  expect(started.getTime()).toBeLessThan(server.clock.now.getTime());
  return id;
}

const filled = (html: string, word = 'plain'): Map<string, string> => {
  const fields = fieldsOf(html);
  for (const section of reportSections) {
    for (const language of spoken) {
      fields.set(`sections.${section}.${language}.text:text`, `${section} ${language} ${word}`);
      fields.set(`sections.${section}.${language}.internal:text`, `inside ${section} ${language} ${word}`);
    }
  }
  return fields;
};

describe('the editor of a report', () => {
  test('R-078, R-079, R-092, R-094, R-096, R-098: shows nine header fields, all sections with their question, and fills in what the incident knows', async () => {
    const id = await resolvedP0();
    const { status, html } = await show(engineer, pathOf(id));
    expect(status).toBe(200);
    for (const label of [
      'Document',
      'Organisation',
      'Owner',
      'Author',
      'Approved by',
      'Revision',
      'Status',
      'Classification',
      'Last change',
    ])
      expect(html).toMatch(new RegExp(`<dt[^>]*>${label}</dt>`));
    const fields = fieldsOf(html);
    expect(fields.get('title.en:text')).toBe('Storage fails (gamma)');
    expect(fields.get('title.de:text')).toBe('Speicher fällt aus (gamma)');
    for (const section of reportSections) expect(fields.get(`sections.${section}.en.text:text`)).toBe('');
    expect(html).toContain('Why did it happen, and why did nothing stop it?');
    expect(html).toMatch(/Priority: P0 · Area: API/);
    expect(html).toMatch(/Why it happened: empty/);
    expect(await faultsOf(html)).toEqual([]);
  });

  test('R-093: suggested milestones are taken with one button, and a wrong order is told at its field', async () => {
    const id = await resolvedP0();
    const { html } = await show(engineer, pathOf(id));
    const [, suggested = ''] = /name="take\.recovered" value="([^"]+)"/.exec(html) ?? [];
    const fields = fieldsOf(html);
    expect(fields.get('milestones.recovered:local')).toBe('');
    const taken = await send(engineer, id, [...fields, ['take.recovered', suggested]]);
    expect(taken.status).toBe(303);
    const { incident } = await readReport(as(engineer), id);
    expect(incident.recoveredAt?.toISOString()).toBe(suggested);

    const again = await show(engineer, pathOf(id));
    expect(again.html).not.toContain('name="take.recovered"');
    expect(again.html).toMatch(/Duration of the outage: <b[^>]*>1 h/);
    const wrong = fieldsOf(again.html)
      .set('milestones.diagnosed:local', '2026-11-01T03:00')
      .set('sections.why.en.text:text', 'Typed and kept.');
    const refused = await send(engineer, id, wrong);
    expect(refused.status).toBe(422);
    expect(refused.html).toMatch(
      /href="#f-milestones-diagnosed"[^>]*>Milestones: Diagnosed: This lies before the milestone before it/,
    );
    expect(refused.html).toMatch(/id="f-milestones-diagnosed"[^>]*aria-invalid="true"/);
    expect(fieldsOf(refused.html).get('sections.why.en.text:text')).toBe('Typed and kept.');
    // All or nothing: the text was right, the milestone was not.
    expect((await readReport(as(engineer), id)).texts).toEqual([]);
    const cleared = await send(engineer, id, fieldsOf(again.html).set('milestones.recovered:local', ''));
    expect(cleared.status).toBe(303);
    expect((await readReport(as(engineer), id)).incident.recoveredAt).toBeNull();
  });

  test('after a refusal filled sections are not called empty, and "nothing was saved" is not said of texts that were', async () => {
    const id = await resolvedP0();
    await saveReport(as(engineer), id, { sections: { summary: { en: { text: 'Saved before.' } } } });
    const fields = fieldsOf((await show(engineer, pathOf(id))).html);
    fields
      .set('sections.why.en.text:text', 'A certificate expired.')
      .set('milestones.diagnosed:local', '2020-01-01T00:00');
    const { status, html } = await send(engineer, id, fields);
    expect(status).toBe(422);
    const missing = /<div id="missing"[^>]*>(.*?)<\/div>/s.exec(html)?.[1] ?? '';
    expect(missing).not.toContain('Why it happened');
    expect(missing).toContain('Impact');
    expect(html).not.toContain('Nothing was saved');
    const alert = /role="alert"[^>]*>(.*?)<\/div>/s.exec(html)?.[1] ?? '';
    expect(alert).toContain('Not saved yet: Title; Owner; Author; Why it happened; Milestones: Diagnosed.');
    expect(alert).toContain('Everything else in this form is saved.');
    expect((await readReport(as(engineer), id)).content.texts).toEqual({ summary: { en: 'Saved before.' } });
  });

  test('R-080, R-085: everything is internal until it is picked; what the log says is offered, marked as internal', async () => {
    const id = await resolvedP0();
    const { html } = await show(engineer, pathOf(id));
    const fields = filled(html);
    const offered = [...fields].filter(([name]) => /^entries\.from-\w+\.text\.en:text$/.test(name));
    expect(offered.map(([, text]) => text)).toEqual([
      'We say alpha. It is the second sentence.',
      'gw-7 refuses <b>all</b> handshakes',
      'We say beta. It is the second sentence.',
      'We say gamma. It is the second sentence.',
    ]);
    expect(html).toMatch(/Internal log: gw-7 refuses/);
    const rowOf = (at: number): string => /^(entries\.[^.]+)/.exec(offered[at]?.[0] ?? '')?.[1] ?? '';
    fields.set(`${rowOf(0)}.isPicked:flag`, 'true').set(`${rowOf(0)}.isPublic:flag`, 'true');
    fields
      .set(`${rowOf(1)}.isPicked:flag`, 'true')
      .set(`${rowOf(1)}.text.en:text`, 'The gateway refuses\nhandshakes.');
    fields
      .set('entries.new-0.at:local', '2026-11-20T03:20')
      .set('entries.new-0.text.de:text', 'Eigener Eintrag.')
      .set('entries.new-0.isPublic:flag', 'true');
    expect((await send(engineer, id, fields)).status).toBe(303);
    const saved = await readReport(as(engineer), id);
    expect(
      saved.entries.map(({ text, isPublic, sourceId }) => [text.en, text.de, isPublic, sourceId !== null]),
    ).toEqual(
      expect.arrayContaining([
        ['We say alpha. It is the second sentence.', 'Wir sagen alpha. Das ist der zweite Satz.', true, true],
        ['The gateway refuses handshakes.', '', false, true],
        ['', 'Eigener Eintrag.', true, false],
      ]),
    );
    expect(saved.entries).toHaveLength(3);
    expect(JSON.stringify(saved.content)).not.toMatch(/inside |The gateway refuses/);
    expect(JSON.stringify(saved.content)).toContain('why en plain');

    const next = await show(engineer, pathOf(id));
    const out = fieldsOf(next.html);
    const [first] = saved.entries;
    out.set(`entries.${first?.id}.isRemoved:flag`, 'true');
    expect((await send(engineer, id, out)).status).toBe(303);
    expect((await readReport(as(engineer), id)).entries).toHaveLength(2);
  });

  test('more rows keep what is typed; a half entry is told at its field', async () => {
    const id = await resolvedP0();
    const fields = fieldsOf((await show(engineer, pathOf(id))).html);
    fields.set('entries.new-1.text.en:text', 'Only a text.').set('more', 'true');
    const more = await send(engineer, id, fields, null);
    expect(more.status).toBe(200);
    const rows = fieldsOf(more.html);
    expect(rows.get('entries.new-1.text.en:text')).toBe('Only a text.');
    expect(rows.has('entries.new-4.text.en:text')).toBe(true);
    rows.delete('more');
    const refused = await send(engineer, id, rows);
    expect(refused.status).toBe(422);
    expect(refused.html).toMatch(/id="f-entries-new-1-at"[^>]*aria-invalid="true"/);
    // What saves itself leaves a half entry out.
    expect((await send(engineer, id, [...rows, ['isAutosave:flag', 'true']])).status).toBe(303);
    expect((await readReport(as(engineer), id)).entries).toHaveLength(0);
  });

  test('markup in every field is shown as text, and comes back as it was typed', async () => {
    const id = await resolvedP0();
    const nasty = `"><script>alert(1)</script><b x='`;
    const fields = filled((await show(engineer, pathOf(id))).html, nasty);
    for (const name of [
      'title.en:text',
      'title.de:text',
      'ownerFunction.en:text',
      'authorFunction.de:text',
      'authorReason:text',
    ])
      fields.set(name, nasty);
    fields.set('entries.new-0.at:local', '2026-11-20T03:20').set('entries.new-0.text.en:text', nasty);
    fields
      .set('suppliers.new-0.supplier:text', nasty)
      .set('suppliers.new-0.requestedAt:local', '2026-11-20T03:20')
      .set('suppliers.new-0.outstanding:text', nasty);
    for (const refuse of [true, false]) {
      const answer = await send(engineer, id, refuse ? [...fields, ['owner:nullable', 'nobody']] : fields);
      expect(answer.status).toBe(refuse ? 422 : 303);
      const { html } = refuse ? answer : await show(engineer, pathOf(id));
      // In a quoted attribute it is a value like any other.
      expect(html.replace(/="[^"]*"/g, '')).not.toContain('<script>alert');
      expect(await faultsOf(html)).toEqual([]);
      const shown = fieldsOf(html);
      expect(shown.get('title.en:text')).toBe(nasty);
      expect(shown.get('sections.why.en.internal:text')).toBe(`inside why en ${nasty}`);
      expect([...shown.values()].filter((value) => value === nasty).length).toBeGreaterThanOrEqual(7);
    }
  });

  test('two at once: 409 with both texts, what should stay is ticked, and nothing typed is lost', async () => {
    const id = await resolvedP0();
    const fields = fieldsOf((await show(engineer, pathOf(id))).html);
    await saveReport(as(manager), id, {
      sections: { why: { en: { text: 'Theirs on why.' } }, impact: { de: { text: 'Ihr Text.' } } },
    });
    fields
      .set('sections.why.en.text:text', 'Mine on why.')
      .set('sections.summary.en.text:text', 'My summary.');
    const conflict = await send(engineer, id, fields);
    expect(conflict.status).toBe(409);
    const [, both = ''] = conflict.html.split('Both versions');
    expect(both).toMatch(/Theirs[\s\S]*Mine/);
    expect(both).toMatch(/value="sections\.impact\.de\.text"/);
    expect(conflict.html).not.toContain('data-autosave');
    const again = fieldsOf(conflict.html);
    expect(again.get('sections.summary.en.text:text')).toBe('My summary.');
    // Shown again without a decision it is no decision: nothing of theirs is overwritten by saving then.
    const undecided = await send(engineer, id, [...again, ['more', 'true']], null);
    expect(undecided.status).toBe(200);
    expect(
      (await send(engineer, id, [...fieldsOf(undecided.html), ['isAutosave:flag', 'true']])).status,
    ).toBe(409);
    const decided = await send(engineer, id, [...again, ['keepTheirs:list', 'sections.impact.de.text']]);
    expect(decided.status).toBe(303);
    const { texts } = await readReport(as(engineer), id);
    const said = Object.fromEntries(
      texts.map(({ section, language, text }) => [`${section} ${language}`, text]),
    );
    expect(said).toMatchObject({
      'why en': 'Mine on why.',
      'impact de': 'Ihr Text.',
      'summary en': 'My summary.',
    });
  });

  test('R-088: a supplier is added and its analysis received; with nothing outstanding that is ticked', async () => {
    const id = await resolvedP0();
    const fields = fieldsOf((await show(engineer, pathOf(id))).html);
    fields
      .set('suppliers.new-0.supplier:text', 'Nordkabel')
      .set('suppliers.new-0.requestedAt:local', '2026-11-20T03:20');
    expect((await send(engineer, id, fields)).status).toBe(303);
    const { html } = await show(engineer, pathOf(id));
    const [supplier] = (await readReport(as(engineer), id)).suppliers;
    const row = `suppliers.${supplier?.id}`;
    const received = fieldsOf(html).set(`${row}.receivedAt:local`, '2026-11-20T03:40');
    const refused = await send(engineer, id, received);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('Say what is still open, or that nothing is.');
    expect(fieldsOf(refused.html).get(`${row}.receivedAt:local`)).toBe('2026-11-20T03:40');
    const whole = new Map(received)
      .set(`${row}.isNothingOutstanding:flag`, 'true')
      .set('idempotencyKey', newId());
    expect((await send(engineer, id, whole)).status).toBe(303);
    expect((await readReport(as(engineer), id)).suppliers).toMatchObject([
      { supplier: 'Nordkabel', isNothingOutstanding: true },
    ]);
  });

  test('a long report in both spoken is too large to be saved, and everything typed is lost', async () => {
    const id = await resolvedP0();
    const fields = fieldsOf((await show(engineer, pathOf(id))).html);
    const long = 'Ausführlich erklärt, was geschah. '.repeat(500);
    for (const section of reportSections)
      for (const language of spoken) fields.set(`sections.${section}.${language}.text:text`, long);
    expect((await send(engineer, id, fields)).status).toBe(303);
    const { texts } = await readReport(as(engineer), id);
    expect(texts.filter(({ text }) => text === long.trim())).toHaveLength(reportSections.length * 2);
  });

  test('two at once: who changes a section takes back what somebody else noted of a supplier meanwhile', async () => {
    const id = await resolvedP0();
    const requestedAt = server.clock.now.toISOString();
    const { id: analysis } = await addSupplierAnalysis(as(engineer), id, { supplier: 'Netz', requestedAt });
    const mine = fieldsOf((await show(engineer, pathOf(id))).html);
    const theirs = { supplier: 'Netz AG', requestedAt, outstanding: 'The second link.' };
    await changeSupplierAnalysis(as(manager), analysis, theirs);
    mine.set('sections.why.en.text:text', 'Mine on why.');
    expect((await send(engineer, id, mine)).status).toBe(303);
    const shown = await readReport(as(engineer), id);
    expect(shown.suppliers).toMatchObject([{ supplier: 'Netz AG', outstanding: 'The second link.' }]);
  });

  test('two at once: deciding a conflict clears the milestone that the other one recorded', async () => {
    const id = await resolvedP0();
    const mine = fieldsOf((await show(engineer, pathOf(id))).html);
    await saveReport(as(manager), id, { sections: { why: { en: { text: 'Theirs on why.' } } } });
    const verified = server.clock.now.toISOString();
    await recordMilestones(as(manager), id, { recovered: verified, verified, pageEnd: 'keep' });
    mine.set('sections.summary.en.text:text', 'My summary.');
    const conflict = await send(engineer, id, mine);
    expect(conflict.status).toBe(409);
    const decided = fieldsOf(conflict.html).set('keepTheirs:list', 'sections.why.en.text');
    expect((await send(engineer, id, decided)).status).toBe(303);
    const { incident } = await readReport(as(engineer), id);
    expect(incident.verifiedAt?.toISOString()).toBe(verified);
  });

  test('R-082, R-084, R-097: who edits in review is told that it ends; saving the same leaves it standing; hints name their place', async () => {
    const id = await resolvedP0();
    const author = engineer;
    const fields = filled((await show(author, pathOf(id))).html, 'says that Robin will never forget it');
    fields
      .set('author:nullable', author.id)
      .set('ownerFunction.en:text', 'Head of Platform')
      .set('authorFunction.en:text', 'Engineering');
    const [, recovered = ''] =
      /name="take\.recovered" value="([^"]+)"/.exec((await show(author, pathOf(id))).html) ?? [];
    expect((await send(author, id, [...fields, ['take.recovered', recovered]])).status).toBe(303);
    await classifyReport(as(manager), id, { classification: 'public', reason: 'It is a P0.' });
    await addAction(as(author), id);
    const draft = await show(author, pathOf(id));
    expect(draft.html).toContain('Nothing is missing. It can be submitted.');
    expect(draft.html).toMatch(
      /Reads as a promise[\s\S]*<mark[^>]*>will<\/mark>[\s\S]*<mark[^>]*>never<\/mark>/,
    );
    expect(draft.html).toMatch(/Names somebody[\s\S]*<mark[^>]*>Robin<\/mark>/);
    expect(draft.html).toMatch(/href="#f-sections-why-en-text"/);
    expect(draft.html).toContain('data-autosave');
    await submitReport(as(author), id, { unverifiedReason: 'Its probe is built next week.' });
    const reviewed = await show(author, pathOf(id));
    expect(reviewed.html).toContain('Editing ends the review');
    expect(reviewed.html).not.toContain('data-autosave');
    expect((await send(author, id, fieldsOf(reviewed.html))).status).toBe(303);
    expect((await readReport(as(author), id)).report.state).toBe('in_review');
    const { submitted } = await readReport(as(manager), id);
    await reviewReport(as(manager), id, {
      digest: submitted?.digest,
      ticks: { content: {}, commitments: {}, presentation: {} },
      decision: 'approve',
    });
    const approved = await show(author, pathOf(id));
    expect(approved.html).toContain('Editing ends the approval');
    expect(approved.html).toContain(`Management · ${manager.name}, 20 Nov 2026`);
    const edited = fieldsOf(approved.html).set('sections.why.en.text:text', 'Another cause.');
    expect((await send(author, id, edited)).status).toBe(303);
    expect((await readReport(as(author), id)).report.state).toBe('draft');
  });

  test('R-147: an author without engineering duties needs a reason, said beside the submission', async () => {
    const id = await resolvedP0();
    const fields = fieldsOf((await show(engineer, pathOf(id))).html).set('author:nullable', manager.id);
    expect((await send(engineer, id, fields)).status).toBe(303);
    const { html } = await show(engineer, pathOf(id));
    expect(html).toMatch(
      /href="#f-authorReason"[^>]*>Why this author: Say why somebody without engineering duties writes it\./,
    );
    const reasoned = fieldsOf(html).set('authorReason:text', 'Knows the contract best.');
    expect((await send(engineer, id, reasoned)).status).toBe(303);
    expect((await show(engineer, pathOf(id))).html).not.toContain('href="#f-authorReason"');
  });

  test('is for those who write reports, and restricted ones only for those who may see them', async () => {
    const id = await resolvedP0();
    expect((await show(csup, pathOf(id))).status).toBe(403);
    const secret = await resolvedP0(security, 'security');
    expect((await show(security, pathOf(secret))).status).toBe(200);
    const hidden = await show(manager, pathOf(secret));
    expect(hidden.status).toBe(404);
    expect(hidden.html).not.toContain('Storage fails');
    const form = fieldsOf((await show(security, pathOf(secret))).html);
    expect((await send(manager, secret, form)).status).toBe(404);
    expect((await show(engineer, pathOf(newId()))).status).toBe(404);
  });

  test('R-084, R-097: the API tells the same findings and what is missing, in its answer to a change as well', async () => {
    const id = await resolvedP0();
    const token = await server.token(engineer);
    const call = async (method: string, body?: object) =>
      (await (
        await server.fetch(`/api/v1/reports/${id}`, {
          method,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          ...(body ? { body: JSON.stringify(body) } : {}),
        })
      ).json()) as { report: { findings: object[]; missing: { path: string; message: string }[] } };
    const { report } = await call('PATCH', {
      sections: { why: { de: { text: 'Robin hat es vergessen.' } } },
    });
    expect(report.findings).toMatchObject([
      {
        rule: 'person',
        path: 'sections.why',
        language: 'de',
        isBlocking: false,
        found: 'Robin',
        context: 'Robin hat es vergessen.',
      },
      { rule: 'blame', found: 'vergessen', why: { en: expect.any(String), de: expect.any(String) } },
    ]);
    expect(report.missing).toContainEqual({
      path: 'sections.summary',
      message: expect.stringContaining('at least one language'),
    });
    expect(report.missing.map(({ path }) => path)).not.toContain('sections.why');
    expect((await call('GET')).report.findings).toEqual(report.findings);
  });
});
