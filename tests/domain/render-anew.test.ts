import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { invalid } from '../../src/domain/core/errors.ts';
import { rendererVersion } from '../../src/domain/core/renderer-version.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { renderAnew } from '../../src/domain/instance/rendering/render-anew.ts';
import { describeEachEngine } from '../support/engines.ts';
import { statusPage } from '../support/incidents.ts';

const table = '| Region | State |\n|---|---|\n| EU | down |';
const message = (category: string, body: string) => ({
  category,
  phase: 'investigating',
  texts: { en: { title: 'Calls fail', body } },
});

describeEachEngine('texts already stored are rendered anew after an upgrade', (bench) => {
  /** As an older renderer left everything. */
  const makeOld = async () => {
    await bench.store.transaction(async ({ db, tables }) => {
      await db.update(tables.incidentUpdateTexts).set({ bodyHtml: '<p>old</p>', htmlVersion: 1 });
    });
  };
  const rows = async () => {
    const { incidentUpdateTexts: texts } = bench.store.tables;
    return bench.store.read.select().from(texts).orderBy(texts.updateId, texts.revision);
  };
  const changesDuring = async (work: () => Promise<unknown>): Promise<string[]> => {
    const tags: string[] = [];
    const stop = bench.store.onChange((changed) => tags.push(...(changed ?? [])));
    await work();
    // PostgreSQL tells its listeners a moment later.
    await new Promise((done) => setTimeout(done, 200));
    stop();
    return tags;
  };

  test('every wording, and the sources, times and audit stay; public bytes are made anew once', async () => {
    const { csup } = await statusPage(bench.store);
    const { id, updateId } = await openIncident(csup, message('api', 'About half.'));
    await correctUpdate(csup, updateId, { texts: { en: { body: table } } });
    const wanted = await rows();
    expect(wanted.map(({ htmlVersion }) => htmlVersion)).toEqual([rendererVersion, rendererVersion]);
    const audited = await bench.store.read.$count(bench.store.tables.auditEntries);
    const { version } = await readIncident(csup, id);
    await makeOld();
    expect(await changesDuring(() => renderAnew(csup))).toEqual(['all']);
    expect(await rows()).toEqual(wanted);
    expect(wanted[1]?.bodyHtml).toContain('<th scope="col">Region</th>');
    expect(await bench.store.read.$count(bench.store.tables.auditEntries)).toBe(audited);
    expect((await readIncident(csup, id)).version).toBe(version);
    expect(await changesDuring(() => renderAnew(csup))).toEqual([]);
  });

  test('what is not public touches no public page, and what says the same neither', async () => {
    const { csup, security } = await statusPage(bench.store);
    await openIncident(security, message('keys', 'About half.'));
    await openIncident(csup, { ...message('api', 'Held.'), holdSeconds: 10 });
    await makeOld();
    expect(await changesDuring(() => renderAnew(csup))).toEqual([]);
    expect((await rows()).map(({ bodyHtml }) => bodyHtml).sort()).toEqual([
      '<p>About half.</p>',
      '<p>Held.</p>',
    ]);
    await bench.store.transaction(({ db, tables }) =>
      db.update(tables.incidentUpdateTexts).set({ htmlVersion: 1 }),
    );
    expect(
      await changesDuring(() => renderAnew({ ...csup, now: new Date(csup.now.getTime() + 60_000) })),
    ).toEqual([]);
  });

  test('an imported text’s relative links lead to the page it came from', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await openIncident(csup, message('api', 'About half.'));
    await bench.store.transaction(async ({ db, tables }) => {
      const html = { body: '<a href="/help">Help</a>', format: 'html' as const, htmlVersion: 1 };
      await db.update(tables.incidentUpdateTexts).set(html);
      const from = { importedFrom: 'https://status.old.example' };
      await db.update(tables.incidents).set(from).where(eq(tables.incidents.id, id));
    });
    await renderAnew(csup);
    expect((await rows())[0]?.bodyHtml).toContain('href="https://status.old.example/help"');
  });

  test('one that cannot be rendered keeps what it has, and the others go on', async () => {
    const { csup } = await statusPage(bench.store);
    for (const body of ['Broken.', 'Whole.']) await openIncident(csup, message('api', body));
    await makeOld();
    const failing: typeof csup = {
      ...csup,
      renderTexts: async (texts) => {
        if (texts.some(({ source }) => source === 'Broken.')) throw invalid('body', 'markdown_failed');
        return csup.renderTexts(texts);
      },
    };
    await renderAnew(failing);
    expect(
      (await rows()).map(({ body, bodyHtml, htmlVersion }) => [body, bodyHtml, htmlVersion]).sort(),
    ).toEqual([
      ['Broken.', '<p>old</p>', rendererVersion],
      ['Whole.', '<p>Whole.</p>', rendererVersion],
    ]);
  });
});
