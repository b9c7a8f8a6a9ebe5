import { expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { readShippedContent } from '../../db/seed.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { readFeed } from '../../src/domain/public/read-feed.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { describeEachEngine } from '../support/engines.ts';
import { inWords } from '../support/in-words.ts';
import { explanation, latest, open, statusPage } from '../support/incidents.ts';
import { minutesLater } from '../support/world.ts';
import { refusal, refusedFor } from './accounts-support.ts';

describeEachEngine('R-065, R-134: what explains an end', (bench) => {
  test('may be chosen from prepared explanations, whole sentences in both languages', async () => {
    const { csup } = await statusPage(bench.store);
    const [phrase] = readShippedContent(process.cwd()).phrases.filter(({ slot }) => slot === 'explanation');
    const { key = '', text = inWords({ en: '' }) } = phrase ?? {};
    await bench.store.transaction(({ db, tables }) =>
      db.insert(tables.phrases).values({
        id: newId(),
        slot: 'explanation',
        key,
        text,
        workaround: inWords({ en: '' }),
        level: null,
        position: 99,
      }),
    );
    const { id } = await open(csup);
    const now = minutesLater(csup, 10);
    await postUpdate(now, id, { occasion: 'resolved', slots: { explanation: key } });
    const { texts, isFreeText } = await latest(now, id);
    expect([texts.en?.body, texts.de?.body]).toEqual([
      expect.stringContaining(text.en),
      expect.stringContaining(text.de),
    ]);
    expect(isFreeText).toBe(false);
  });

  test('must say more than the template: neither its own sentence again, nor the template without it', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const now = minutesLater(csup, 10);
    const resolve = (input: object) => refusal(postUpdate(now, id, { occasion: 'resolved', ...input }));
    const repeated = 'SERVICE has been back to normal - since 03:22 CET (02:22 UTC)!';
    expect(await resolve({ slots: { explanation: { en: repeated } } })).toEqual(
      refusedFor('slots.explanation.en: explanation_template', 'slots.explanation: slot_missing'),
    );
    const emptied =
      'Service has been back to normal since 03:22 CET (02:22 UTC); the disruption lasted 10 min.';
    expect(await resolve({ texts: { en: { body: emptied } } })).toEqual(
      refusedFor('texts.en.body: explanation_template'),
    );
    expect(await resolve({ slots: { explanation: { en: 'Fixed.' } } })).toMatchObject({ code: 'invalid' });
    expect(await resolve({ slots: { explanation } })).toBe('not refused');
  });
});

describeEachEngine('R-075: the note of a correction', (bench) => {
  test('is made of the wrong and the right statement, where none is typed, and makes no new entry', async () => {
    const { csup } = await statusPage(bench.store);
    const { id, updateId } = await open(csup);
    const entries = (await readFeed(csup))?.entries.length;
    const now = minutesLater(csup, 5);
    const texts = { en: { body: 'API requests fail in one region.' }, de: { body: 'Nur in einer Region.' } };
    const slots = {
      wrong: { en: 'All regions', de: 'Alle Regionen' },
      right: { en: 'One region.', de: 'Eine Region' },
    };
    await correctUpdate(now, updateId, { texts, slots, note: { de: 'Es ist nur eine Region.' } });
    const written = (await latest(now, id)).texts;
    expect(written.en?.note).toBe(
      'The correct statement is: One region. This earlier statement was wrong: “All regions”.',
    );
    expect(written.de?.note).toBe('Es ist nur eine Region.');
    expect((await readFeed(now))?.entries).toHaveLength(entries ?? 0);
    expect((await readIncidentPage(now, id))?.incident.updates).toHaveLength(1);
  });

  test('needs both statements of a language', async () => {
    const { csup } = await statusPage(bench.store);
    const { updateId } = await open(csup);
    const texts = { en: { body: 'API requests fail in one region.' } };
    const slots = { wrong: { en: 'All regions' }, right: { de: 'Eine Region' } };
    expect(await refusal(correctUpdate(csup, updateId, { texts, slots }))).toEqual(
      refusedFor('slots.right.en: required', 'slots.wrong.de: required'),
    );
  });
});

describeEachEngine('R-032: the gate', (bench) => {
  test('never delays the first public update: it goes out before anybody has judged the incident', async () => {
    const { csup, sre } = await statusPage(bench.store);
    const { id } = await open(csup);
    expect((await readIncidentPage(csup, id))?.incident).toMatchObject({ phase: 'investigating', number: 1 });
    await classifyIncident(minutesLater(sre, 9), id, { priority: 'P1', reason: 'Many customers.' });
    const seen = (await readIncidentPage(minutesLater(csup, 9), id))?.incident;
    expect(seen?.updates[0]?.publishedAt).toEqual(csup.now);
  });
});
