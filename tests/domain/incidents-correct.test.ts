import { asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { verifyAudit } from '../../src/domain/core/audit/verify.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { readUpdate } from '../../src/domain/incidents/updates/read-update.ts';
import { readFeed } from '../../src/domain/public/read-feed.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { describeEachEngine } from '../support/engines.ts';
import { inPlaceOfCsup, lastWords, open, say, statusPage } from '../support/incidents.ts';
import { minutesLater, night } from '../support/world.ts';
import { audits, refusal, refusedBy, refusedFor } from './accounts-support.ts';

/** A refusal of the whole and of its field. */
const sameText = { ...refusedBy('invalid', 'same_text'), fields: ['texts: same_text'] };

const own = {
  category: 'api',
  phase: 'investigating',
  texts: { en: { title: 'Some calls fail', body: 'About *half* of them.' } },
};

describeEachEngine('R-075: correcting an update', (bench) => {
  const rows = (updateId: string) => {
    const { incidentUpdateTexts: table } = bench.store.tables;
    return bench.store.read
      .select()
      .from(table)
      .where(eq(table.updateId, updateId))
      .orderBy(asc(table.language), asc(table.revision));
  };

  test('adds a revision with its time and note; the first wording stays and readers see both', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id, updateId } = await openIncident(csup, own);
    const now = minutesLater(sre, 7);
    const note = { en: 'It was a third, not half' };
    expect(
      await correctUpdate(now, updateId, {
        texts: { en: { body: 'About a *third* of them.' } },
        note,
        ...inPlaceOfCsup,
      }),
    ).toEqual({ id, updateId });
    expect(await rows(updateId)).toMatchObject([
      {
        language: 'en',
        revision: 1,
        body: 'About *half* of them.',
        note: '',
        createdAt: night,
        createdBy: csup.actor.userId,
      },
      {
        language: 'en',
        revision: 2,
        body: 'About a *third* of them.',
        note: note.en,
        createdAt: now.now,
        createdBy: sre.actor.userId,
      },
    ]);
    const [update] = (await readIncidentPage(now, id))?.incident.updates ?? [];
    expect(update).toMatchObject({
      correctedAt: now.now,
      texts: {
        en: {
          title: 'Some calls fail',
          bodyHtml: '<p>About a <em>third</em> of them.</p>',
          revision: 2,
          writtenAt: now.now,
          note: note.en,
          earlier: [
            { title: 'Some calls fail', bodyHtml: '<p>About <em>half</em> of them.</p>', writtenAt: night },
          ],
        },
      },
    });
    expect((await readUpdate(now, updateId)).update.texts.en?.revision).toBe(2);
  });

  test('does not re-date the update, makes no new feed entry, and changes no phase, promise or component', async () => {
    const { csup, gateway } = await statusPage(bench.store);
    const { id, updateId } = await openIncident(csup, {
      ...own,
      components: { [gateway]: 'partial_outage' },
    });
    const before = await readIncident(csup, id);
    const feed = await readFeed(csup);
    const now = minutesLater(csup, 7);
    const tags: string[] = [];
    const stop = bench.store.onChange((changed) => tags.push(...(changed ?? [])));
    await correctUpdate(now, updateId, { texts: { en: { title: 'Many calls fail' } } });
    stop();
    expect(tags).toEqual(expect.arrayContaining(['incidents', `incident:${id}`]));
    const after = await readIncident(now, id);
    const { displayAt, publishedAt, nextUpdateBy, phase, components } = after.updates[0] ?? {};
    expect({ displayAt, publishedAt, nextUpdateBy, phase, components }).toEqual({
      displayAt: night,
      publishedAt: night,
      nextUpdateBy: before.updates[0]?.nextUpdateBy,
      phase: 'investigating',
      components: before.components,
    });
    expect(after).toMatchObject({
      version: before.version + 1,
      updatedAt: now.now,
      titles: { en: 'Many calls fail' },
    });
    const corrected = await readFeed(now);
    expect(corrected?.entries.map((entry) => entry.update.id)).toEqual(
      feed?.entries.map((entry) => entry.update.id),
    );
    expect(corrected?.entries[0]?.updatedAt).toEqual(now.now);
  });

  test('of several: each one adds to what was, newest first', async () => {
    const { csup } = await statusPage(bench.store);
    const { id, updateId } = await openIncident(csup, own);
    for (const [at, body] of ['A second wording.', 'A third wording.'].entries()) {
      await correctUpdate(minutesLater(csup, at + 1), updateId, { texts: { en: { body } } });
    }
    const text = (await readIncident(csup, id)).updates[0]?.texts.en;
    expect([text?.body, ...(text?.earlier.map((earlier) => earlier.body) ?? [])]).toEqual([
      'A third wording.',
      'A second wording.',
      'About *half* of them.',
    ]);
  });

  test('a translation that comes later is no correction', async () => {
    const { csup } = await statusPage(bench.store);
    const { id, updateId } = await openIncident(csup, own);
    const now = minutesLater(csup, 9);
    await correctUpdate(now, updateId, {
      texts: { de: { title: 'Manche Aufrufe scheitern', body: 'Etwa die Hälfte.' } },
    });
    const [update] = (await readIncidentPage(now, id))?.incident.updates ?? [];
    expect(update).toMatchObject({
      correctedAt: null,
      displayAt: night,
      texts: { de: { revision: 1, earlier: [], writtenAt: now.now } },
    });
    expect((await readIncidentPage(now, id))?.incident.titles).toEqual({
      en: 'Some calls fail',
      de: 'Manche Aufrufe scheitern',
    });
    expect((await audits(bench.store)).at(-1)?.action).toBe('update.translated');
    expect(
      await refusal(correctUpdate(now, updateId, { texts: { en: { body: own.texts.en.body } } })),
    ).toEqual(sameText);
  });

  test('Correcting one language leaves the other wrong without a word: both are asked for, or it is said that the other is right', async () => {
    const { csup } = await statusPage(bench.store);
    const texts = {
      en: { title: 'Some calls fail', body: 'About half of them.' },
      de: { title: 'Manche Aufrufe scheitern', body: 'Etwa die Hälfte.' },
    };
    const { id, updateId } = await openIncident(csup, { ...own, texts });
    const asked = refusedFor('isOtherRight: other_language');
    const now = minutesLater(csup, 1);
    const english = { en: { body: 'About a third.' } };
    const entries = (await audits(bench.store)).length;
    for (const input of [
      { texts: english },
      { texts: { ...english, de: texts.de } },
      { texts: english, isOtherRight: false },
      { texts: { de: { title: 'Viele Aufrufe scheitern' } } },
      { texts: { en: { workaround: 'Try again' } }, note: { en: 'One', de: 'Eins' } },
    ])
      expect([input, await refusal(correctUpdate(now, updateId, input))]).toEqual([input, asked]);
    expect(await rows(updateId)).toHaveLength(2);
    expect(await audits(bench.store)).toHaveLength(entries);

    await correctUpdate(now, updateId, { texts: english, isOtherRight: true });
    expect((await audits(bench.store)).at(-1)?.change).toMatchObject({
      after: { texts: english, stillRight: 'de' },
    });
    await correctUpdate(minutesLater(csup, 2), updateId, {
      texts: { en: { body: 'A quarter.' }, de: { body: 'Ein Viertel.' } },
      isOtherRight: true,
    });
    expect((await audits(bench.store)).at(-1)?.change.after).not.toHaveProperty('stillRight');
    const [update] = (await readIncident(minutesLater(csup, 2), id)).updates;
    expect([update?.texts.en?.body, update?.texts.de?.body]).toEqual(['A quarter.', 'Ein Viertel.']);
  });

  test('is audited with both wordings, and the chain holds', async () => {
    const { csup } = await statusPage(bench.store);
    const { id, updateId } = await openIncident(csup, own);
    const texts = { en: { body: 'Other words.' }, de: { title: 'Titel', body: 'Andere Worte.' } };
    await correctUpdate(minutesLater(csup, 1), updateId, { texts, note: { en: 'Because' } });
    expect((await audits(bench.store)).at(-1)).toMatchObject({
      action: 'update.corrected',
      subjectType: 'incident',
      subjectId: id,
      actorId: csup.actor.userId,
      change: {
        before: { en: { title: 'Some calls fail', body: 'About *half* of them.' } },
        after: {
          update: updateId,
          texts: { en: { body: 'Other words.' }, de: { body: 'Andere Worte.' } },
          note: { en: 'Because' },
        },
      },
    });
    expect((await verifyAudit(bench.store)).brokenAt).toBeNull();
  });

  test('an older update is corrected without becoming the newest', async () => {
    const { csup } = await statusPage(bench.store);
    const { id, updateId } = await openIncident(csup, own);
    await say(minutesLater(csup, 5), id, 'identified');
    await correctUpdate(minutesLater(csup, 9), updateId, { texts: { en: { title: 'Other title' } } });
    const incident = await readIncident(minutesLater(csup, 9), id);
    expect(incident).toMatchObject({ phase: 'identified', titles: { en: 'Some calls fail' } });
    expect(incident.updates.map((update) => update.correctedAt === null)).toEqual([true, false]);
  });

  test('each of these is refused, and nothing is written', async () => {
    const { csup } = await statusPage(bench.store);
    const { id, updateId } = await openIncident(csup, own);
    const { updateId: endId } = await postUpdate(minutesLater(csup, 1), id, lastWords);
    const table: [string, object, object][] = [
      [updateId, {}, refusedFor('texts: required')],
      [updateId, { texts: {} }, sameText],
      [updateId, { texts: { en: own.texts.en } }, sameText],
      [updateId, { texts: { en: { body: ' ' } } }, refusedFor('texts.en.body: body_missing')],
      [updateId, { texts: { en: { title: '' } } }, refusedFor('texts.en.title: title_missing')],
      [updateId, { texts: { de: { body: 'Ohne Titel' } } }, refusedFor('texts.de.title: title_missing')],
      [updateId, { texts: { en: { body: 'See [TODO].' } } }, refusedFor('texts.en.body: leftover')],
      [
        updateId,
        { texts: { en: { workaround: 'Ask {name}' } } },
        refusedFor('texts.en.workaround: leftover'),
      ],
      [
        updateId,
        { texts: { en: { body: 'x'.repeat(20_001) } } },
        refusedFor('texts.en.body: too_long', 'texts.en.body: too_long_bytes'),
      ],
      [updateId, { texts: { en: { body: 'x' } }, note: { en: 'a\nb' } }, refusedFor('note.en: line_break')],
      [
        updateId,
        { texts: { en: { body: 'x' } }, displayAt: night.toISOString() },
        refusedFor('displayAt: unknown_field'),
      ],
      [updateId, { texts: { en: { body: 'x' } }, phase: 'resolved' }, refusedFor('phase: unknown_field')],
      [endId, { texts: { en: { body: 'Fixed.' } } }, refusedFor('texts.en.body: explanation_short')],
    ];
    const before = await readIncident(csup, id);
    const answers = [];
    for (const [update, wrong] of table)
      answers.push([wrong, await refusal(correctUpdate(minutesLater(csup, 2), update, wrong))]);
    expect(answers).toEqual(table.map(([, wrong, answer]) => [wrong, answer]));
    expect(await readIncident(csup, id)).toEqual(before);
    expect(await rows(updateId)).toHaveLength(1);
  });

  test('an imported text keeps its markup when only its title is corrected', async () => {
    const { csup } = await statusPage(bench.store);
    const { id, updateId } = await open(csup);
    const { incidentUpdateTexts, incidentUpdates, incidents } = bench.store.tables;
    await bench.store.transaction(async ({ db }) => {
      const html = {
        body: 'One<br />two <b>three</b>',
        bodyHtml: '<p>One<br />two <b>three</b></p>',
        format: 'html' as const,
      };
      await db.update(incidentUpdateTexts).set(html);
      await db.update(incidentUpdates).set({ source: {} });
      await db.update(incidents).set({ importedFrom: 'https://status.example' });
    });
    await correctUpdate(minutesLater(csup, 1), updateId, {
      texts: { en: { title: 'A better title' } },
      isOtherRight: true,
    });
    const [update] = (await readIncidentPage(minutesLater(csup, 1), id))?.incident.updates ?? [];
    expect(update?.texts.en).toMatchObject({
      title: 'A better title',
      bodyHtml: '<p>One<br />two <b>three</b></p>',
    });
    expect((await rows(updateId)).filter((row) => row.language === 'en')).toMatchObject([
      { format: 'html' },
      { format: 'html' },
    ]);
    await correctUpdate(minutesLater(csup, 2), updateId, {
      texts: { en: { body: 'Now *ours*.' } },
      isOtherRight: true,
    });
    expect((await rows(updateId)).at(-1)).toMatchObject({
      revision: 3,
      format: 'markdown',
      bodyHtml: '<p>Now <em>ours</em>.</p>',
    });
  });
});
