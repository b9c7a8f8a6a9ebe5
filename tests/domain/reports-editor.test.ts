/** What the editor of a report saves and shows, on both engines. */
import { expect, test } from 'vitest';
import { addGroup } from '../../src/domain/catalogue/groups/add-group.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { addLogEntry } from '../../src/domain/incidents/log/add-log-entry.ts';
import { changeProblem } from '../../src/domain/reports/problems/change-problem.ts';
import { readEditor } from '../../src/domain/reports/read-editor.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { type EditorInput, prepareEditor } from '../../src/domain/reports/save-editor.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { addSupplierAnalysis, changeSupplierAnalysis } from '../../src/domain/reports/suppliers.ts';
import { describeEachEngine } from '../support/engines.ts';
import { statusPage } from '../support/incidents.ts';
import { addAction, complete, inReview, problemOf, resolvedP0, sections } from '../support/reports.ts';
import { asUser, minutesLater } from '../support/world.ts';
import { audits, refusal, refusedBy, refusedFor } from './accounts-support.ts';

const saveEditor = async (context: Context, id: string, input: EditorInput) =>
  (await prepareEditor(context, id, input))(context);

const nothing = { report: {}, milestones: {}, suppliers: [] };

describeEachEngine('the editor of a report saves all of it or nothing', (bench) => {
  test('and tells the problems of every part at once', async () => {
    const people = await statusPage(bench.store);
    const incident = await resolvedP0(people);
    const engineer = minutesLater(people.engineer, 120);
    const supplier = { supplier: 'Nordkabel', requestedAt: engineer.now.toISOString() };
    const good = {
      report: { sections: { why: { en: { text: 'Because.' } } } },
      milestones: { diagnosed: minutesLater(people.engineer, 25).now.toISOString() },
      suppliers: [{ row: 'new-0', id: null, input: supplier }],
    };
    const before = (await audits(bench.store)).length;
    const wrong = {
      report: { ...good.report, title: { en: 'x'.repeat(256) } },
      milestones: { diagnosed: minutesLater(people.engineer, -60).now.toISOString() },
      suppliers: [{ row: 'new-0', id: null, input: { ...supplier, receivedAt: engineer.now.toISOString() } }],
    };
    expect(await refusal(saveEditor(engineer, incident, wrong))).toEqual(
      refusedFor(
        'title.en: too_long',
        'milestones.diagnosed: milestone_order',
        'suppliers.new-0.outstanding: outstanding_missing',
      ),
    );
    for (const part of ['milestones', 'suppliers'] as const) {
      const half = { ...good, [part]: wrong[part] };
      expect(await refusal(saveEditor(engineer, incident, half))).toMatchObject({ code: 'invalid' });
    }
    expect((await audits(bench.store)).length).toBe(before);
    expect(await readReport(engineer, incident)).toMatchObject({
      texts: [],
      suppliers: [],
      report: { state: 'owed' },
    });

    await saveEditor(engineer, incident, good);
    expect((await audits(bench.store)).slice(before).map(({ action }) => action)).toEqual([
      'report.saved',
      'incident.milestones-recorded',
      'report.analysis-requested',
    ]);
    expect(await readReport(engineer, incident)).toMatchObject({
      texts: [{ section: 'why', text: 'Because.' }],
      suppliers: [{ supplier: 'Nordkabel' }],
    });
  });

  test('each part asks for its own permission: security writes, but records no milestone', async () => {
    const people = await statusPage(bench.store);
    const incident = await resolvedP0(people);
    const security = minutesLater(people.security, 120);
    const text = { report: { sections: { why: { en: { text: 'Because.' } } } } };
    const moved = { milestones: { verified: null } };
    expect(await refusal(saveEditor(security, incident, { ...nothing, ...text, ...moved }))).toEqual(
      refusedBy('forbidden', 'forbidden'),
    );
    expect((await readReport(security, incident)).texts).toEqual([]);
    await saveEditor(security, incident, { ...nothing, ...text });
    expect((await readReport(security, incident)).texts).toHaveLength(1);
    expect(await refusal(saveEditor(people.csup, incident, { ...nothing, ...text }))).toEqual(
      refusedBy('forbidden', 'forbidden'),
    );
  });

  test('R-088: noting the same of a supplier again leaves the review standing, a change voids it', async () => {
    const people = await statusPage(bench.store);
    const incident = await resolvedP0(people);
    const later = minutesLater(people.engineer, 120);
    const { id } = await saveReport(later, incident, complete(later.actor.userId));
    const known = { supplier: 'Nordkabel', requestedAt: later.now.toISOString() };
    const { id: analysis } = await addSupplierAnalysis(later, id, known);
    await addAction(later, incident);
    await submitReport(later, id);
    await changeSupplierAnalysis(later, analysis, { ...known, outstanding: ' ' });
    expect((await readReport(later, id)).report.state).toBe('in_review');
    await changeSupplierAnalysis(later, analysis, { ...known, outstanding: 'The log files' });
    expect((await readReport(later, id)).report.state).toBe('draft');
  });

  test('an entry of the timeline says something in one language', async () => {
    const people = await statusPage(bench.store);
    const incident = await resolvedP0(people);
    const entry = { at: people.engineer.now.toISOString(), text: { en: ' ', de: '' } };
    expect(await refusal(saveReport(people.engineer, incident, { entries: [entry] }))).toEqual(
      refusedFor('entries.0.text.en: body_missing'),
    );
  });
});

describeEachEngine('the editor of a report knows what it needs not ask', (bench) => {
  test('R-147: proposes the expert of the problem as author, else who answers for its group, and only who may write', async () => {
    const people = await statusPage(bench.store);
    const incident = await resolvedP0(people);
    const problem = await problemOf(people.engineer, incident);
    const suggested = async () => (await readEditor(people.engineer, incident, 'en')).suggested.author;
    expect(await suggested()).toBeNull();
    const { id: group } = await addGroup(people.admin, {
      slug: 'platform',
      name: 'Platform',
      ownerId: people.sre.actor.userId,
    });
    await changeProblem(people.engineer, problem, { group });
    expect(await suggested()).toBe(people.sre.actor.userId);
    await changeProblem(people.engineer, problem, { expert: people.engineer.actor.userId });
    expect(await suggested()).toBe(people.engineer.actor.userId);
    await changeProblem(people.engineer, problem, { expert: people.csup.actor.userId });
    expect(await suggested()).toBe(people.sre.actor.userId);
  });

  test('R-080: offers updates and log, without what was picked; the log never as public', async () => {
    const people = await statusPage(bench.store);
    const incident = await resolvedP0(people);
    await addLogEntry(people.csup, incident, { text: 'Rack 7 is dark' });
    const offered = async () => (await readEditor(people.engineer, incident, 'en')).candidates;
    const note = (await offered()).find(({ text }) => text.en === 'Rack 7 is dark');
    expect(note).toMatchObject({
      text: { en: 'Rack 7 is dark', de: '' },
      isPublicUpdate: false,
    });
    const { length } = await offered();
    await saveReport(people.engineer, incident, {
      entries: [
        { at: people.engineer.now.toISOString(), text: { en: 'A rack failed.' }, source: note?.source },
      ],
    });
    expect(await offered()).toHaveLength(length - 1);
    expect((await readReport(people.engineer, incident)).content.entries).toEqual([]);
  });

  test('restricted: nobody else opens it, and only those who may see it can be named', async () => {
    const people = await statusPage(bench.store);
    const who = await asUser(bench.store, ['security', 'sre', 'csup']);
    const incident = await resolvedP0({ ...people, csup: who, sre: who }, { category: 'keys' });
    const { people: named } = await readEditor(who, incident, 'en');
    expect(named.map(({ id }) => id)).toContain(who.actor.userId);
    expect(named.filter(({ roles }) => !roles.includes('security'))).toEqual([]);
    expect(await refusal(readEditor(people.engineer, incident, 'en'))).toEqual(
      refusedBy('not_found', 'not_found'),
    );
  });

  test('R-058: the severity is validated before the report goes into review', async () => {
    const people = await statusPage(bench.store);
    const { incident } = await inReview(people);
    const { incidents } = bench.store.tables;
    await bench.store.transaction(async (tx) => {
      await tx.db.update(incidents).set({ isReviewed: false });
    });
    await saveReport(people.engineer, incident, { sections: sections((section) => `Once more ${section}.`) });
    expect((await readReport(people.engineer, incident)).missing).toEqual([
      { path: 'priority', key: 'report_not_classified' },
    ]);
    expect(await refusal(submitReport(people.engineer, incident))).toEqual(
      refusedFor('priority: report_not_classified'),
    );
  });

  test.each(['[TODO]', '[Titel]', '[Owner]', '{{ meta.owner }}'])(
    'R-152: %s in a section is told with its line, and keeps it from review',
    async (left) => {
      const people = await statusPage(bench.store);
      const { incident } = await inReview(people);
      await saveReport(people.engineer, incident, {
        sections: { why: { de: { text: `Erstens.\n\nDann ${left}.` } } },
      });
      expect((await readReport(people.engineer, incident)).missing).toEqual([
        { path: 'sections.why.de', key: 'leftover', params: { line: 3, text: left } },
      ]);
      expect(await refusal(submitReport(people.engineer, incident))).toEqual(
        refusedFor('sections.why.de: leftover'),
      );
      await saveReport(people.engineer, incident, {
        sections: { why: { de: { text: 'Siehe [die Seite](https://example.com).' } } },
      });
      expect((await readReport(people.engineer, incident)).missing).toEqual([]);
    },
  );

  test('R-084, R-097: readReport tells promises and names with their place; nothing of them blocks', async () => {
    const people = await statusPage(bench.store);
    const { incident } = await inReview(people);
    const name = people.engineer.actor.name;
    await saveReport(people.engineer, incident, {
      sections: {
        why: {
          en: { text: `It is old.\n\n${name} will renew it by 1 December 2026.`, internal: 'We never will.' },
        },
      },
    });
    const { findings, missing } = await readReport(people.engineer, incident);
    expect(findings.filter(({ rule }) => rule === 'promise' || rule === 'person')).toMatchObject([
      {
        rule: 'promise',
        path: 'sections.why',
        language: 'en',
        isBlocking: false,
        words: ['will', '1 December 2026'],
      },
      { rule: 'person', path: 'sections.why', language: 'en', isBlocking: false, words: [name] },
    ]);
    expect(missing).toEqual([]);
    await submitReport(people.engineer, incident);
  });
});
