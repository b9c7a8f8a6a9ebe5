import { existsSync, readFileSync } from 'node:fs';
import { asc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { newId } from '../../db/ids.ts';
import { inEachLanguage } from '../../db/localised.ts';
import type { Store } from '../../db/store.ts';
import { verifyAudit } from '../../src/domain/core/audit/verify.ts';
import { anonymous } from '../../src/domain/core/authorize.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { unreadable } from '../../src/domain/core/errors.ts';
import type { ImportResult } from '../../src/domain/imports/import-run.ts';
import { importStatuspage } from '../../src/domain/imports/import-statuspage.ts';
import {
  isJsonObject,
  type JsonObject,
  parseJson,
  writeJson,
} from '../../src/domain/imports/lossless-json.ts';
import { deriveIncident } from '../../src/domain/incidents/derive-incident.ts';
import { readTimelines } from '../../src/domain/incidents/updates/timeline.ts';
import { rebuildComponent, rebuildDocument } from '../../src/render/statuspage-source.ts';
import { describeEachEngine } from '../support/engines.ts';
import { asImporter, importFiles, importTexts, statuspageFixture } from '../support/imports.ts';
import { asUser, night } from '../support/world.ts';

/** What the import stored of an incident, as JSON text. */
async function rebuilt(store: Store, id: string): Promise<string> {
  const { incidents, incidentUpdates, incidentUpdateTexts } = store.tables;
  const [incident] = await store.read.select().from(incidents).where(eq(incidents.id, id));
  if (!incident) throw new Error(`${id} is not stored.`);
  const updates = await store.read.select().from(incidentUpdates).where(eq(incidentUpdates.incidentId, id));
  const texts = await store.read
    .select()
    .from(incidentUpdateTexts)
    .innerJoin(incidentUpdates, eq(incidentUpdates.id, incidentUpdateTexts.updateId))
    .where(eq(incidentUpdates.incidentId, id));
  return writeJson(
    rebuildDocument({ incident, updates, texts: texts.map((row) => row.incident_update_texts) }),
  );
}

async function oneIncident(store: Store, id: string) {
  const { incidents, categories } = store.tables;
  const [row] = await store.read
    .select({ incident: incidents, category: categories })
    .from(incidents)
    .innerJoin(categories, eq(categories.id, incidents.categoryId))
    .where(eq(incidents.id, id));
  const timelines = await readTimelines(store, [id]);
  return { ...row?.incident, category: row?.category, updates: timelines.get(id) ?? [] };
}

const auditEntries = (store: Store) =>
  store.read.select().from(store.tables.auditEntries).orderBy(asc(store.tables.auditEntries.sequence));

/** What happens at the database and to its listeners while `work` runs. */
async function watch(
  store: Store,
  work: () => Promise<unknown>,
): Promise<{ writes: string[]; tags: string[] }> {
  const writes: string[] = [];
  const tags: string[] = [];
  const stopQueries = store.onQuery((sql) => {
    if (/^(insert|update|delete)/i.test(sql)) writes.push(sql);
  });
  const stopChanges = store.onChange((changed) => tags.push(...(changed ?? ['everything'])));
  await work();
  stopQueries();
  stopChanges();
  return { writes, tags };
}

type Editable = Record<string, unknown> & { incident_updates: Record<string, unknown>[] };
/** A `{page, incident}` document of `incidents.json`, edited. */
function edited(at: number, edit: (incident: Editable, page: Record<string, unknown>) => void): string {
  const { page, incidents } = JSON.parse(statuspageFixture('incidents.json'));
  edit(incidents[at], page);
  return JSON.stringify({ page, incident: incidents[at] });
}

describeEachEngine('import of a summary', (bench) => {
  it('makes categories of groups, components of leaves, and keeps their ids', async () => {
    const { store } = bench;
    const result = await importFiles(asImporter(store), 'summary.json');
    expect(result).toEqual({
      incidents: { added: 2, changed: 0, unchanged: 0 },
      updates: 3,
      components: 3,
      categories: 2,
      straightened: [],
      broken: [],
    });
    const categories = await store.read
      .select()
      .from(store.tables.categories)
      .orderBy(asc(store.tables.categories.position));
    expect(categories.map(({ id, slug, name }) => [id, slug, name.en, name.de])).toEqual([
      ['grp0m41l0001', 'mail', 'Mail', 'Mail'],
      [expect.any(String), 'general', 'General', 'Allgemein'],
    ]);
    const components = await store.read
      .select()
      .from(store.tables.components)
      .orderBy(asc(store.tables.components.id));
    expect(components.map((row) => [row.id, row.name.de, row.categoryId, row.archivedAt])).toEqual([
      ['cmp0dns00001', 'Name servers', categories[1]?.id, null],
      ['cmp0smtp0001', 'Outgoing mail', 'grp0m41l0001', null],
      ['cmp0xm4p0001', 'Mailboxes', 'grp0m41l0001', null],
    ]);
    expect(components[1]).toMatchObject({
      type: 'website',
      tier: 2,
      weight: 5,
      isCritical: false,
      description: { en: 'Mail that you send.' },
      createdAt: new Date('2024-03-01T17:00:00.000Z'),
    });
    const source = JSON.parse(statuspageFixture('summary.json')).components;
    for (const component of components) {
      const given = source.find((candidate: { id: string }) => candidate.id === component.id);
      expect(writeJson(rebuildComponent(component))).toBe(JSON.stringify(given));
    }
  });

  it('imports an open incident with times of another zone, safe texts and the statuses of its components', async () => {
    const { store } = bench;
    await importFiles(asImporter(store), 'summary.json');
    const incident = await oneIncident(store, '0pn1nc1dnt01');
    expect(incident).toMatchObject({
      kind: 'incident',
      number: null,
      impact: 'minor',
      priority: 'P3',
      isReviewed: false,
      isRestricted: false,
      importedFrom: 'https://status.musterhost.example',
      startedAt: new Date('2026-06-16T15:30:00.200Z'),
      createdAt: new Date('2026-06-16T15:30:00.250Z'),
      updatedAt: new Date('2026-06-16T15:55:00.000Z'),
      publishedAt: new Date('2026-06-16T15:30:00.400Z'),
      phase: 'identified',
      resolvedAt: null,
      openUntil: null,
      category: { slug: 'mail' },
    });
    expect(incident.updates).toMatchObject([
      {
        id: '0pn1pd4t0002',
        phase: 'identified',
        nextUpdateBy: null,
        promiseMinutes: null,
        components: [{ id: 'cmp0smtp0001', status: 'partial_outage' }],
        texts: {
          en: {
            title: 'Outgoing mail is delayed',
            body: 'A full disk holds the queue back. We are moving it.<br />Mail is delayed, not lost.',
            bodyHtml:
              '<p>A full disk holds the queue back. We are moving it.<br />Mail is delayed, not lost.</p>',
            revision: 1,
          },
        },
      },
      { id: '0pn1pd4t0001', phase: 'investigating', components: [{ status: 'degraded_performance' }] },
    ]);
    const { page, incidents } = JSON.parse(statuspageFixture('summary.json'));
    expect(await rebuilt(store, '0pn1nc1dnt01')).toBe(JSON.stringify({ page, incident: incidents[0] }));
  });

  it('imports a planned maintenance, which starts when its work does', async () => {
    const { store } = bench;
    await importFiles(asImporter(store), 'summary.json');
    expect(await oneIncident(store, 'm4nt3n4nc301')).toMatchObject({
      kind: 'maintenance',
      impact: 'maintenance',
      phase: 'scheduled',
      startedAt: new Date('2027-01-13T06:00:00.000Z'),
      scheduledFor: new Date('2027-01-13T06:00:00.000Z'),
      scheduledUntil: new Date('2027-01-13T08:00:00.000Z'),
      openUntil: null,
      publishedAt: new Date('2026-06-10T17:00:00.000Z'),
    });
    const { page, scheduled_maintenances } = JSON.parse(statuspageFixture('summary.json'));
    expect(await rebuilt(store, 'm4nt3n4nc301')).toBe(
      JSON.stringify({ page, incident: scheduled_maintenances[0] }),
    );
  });

  it('writes the texts in the language it is told', async () => {
    const { store } = bench;
    const sources = [{ name: 'summary', text: statuspageFixture('summary.json') }];
    await importStatuspage(asImporter(store), sources, () => undefined, { language: 'de' });
    const incident = await oneIncident(store, '0pn1nc1dnt01');
    expect(Object.keys(incident.updates[0]?.texts ?? {})).toEqual(['de']);
  });

  it('takes a list of components later: changed ones, new ones, and an older copy takes nothing back', async () => {
    const { store } = bench;
    await importFiles(asImporter(store), 'summary.json');
    const list = JSON.parse(statuspageFixture('components.json'));
    list.components[0].name = 'Sending mail';
    list.components[0].updated_at = '2026-06-17T08:00:00.000-07:00';
    expect(await importTexts(asImporter(store), JSON.stringify(list))).toMatchObject({
      components: 2,
      categories: 0,
    });
    const name = async () => {
      const { components } = store.tables;
      const [row] = await store.read.select().from(components).where(eq(components.id, 'cmp0smtp0001'));
      return row?.name.en;
    };
    expect(await name()).toBe('Sending mail');
    expect(await importFiles(asImporter(store), 'components.json')).toMatchObject({
      components: 0,
      broken: [],
    });
    expect(await name()).toBe('Sending mail');
  });
});

describeEachEngine('import of incidents', (bench) => {
  it('keeps a postmortem as an update of phase resolved', async () => {
    const { store } = bench;
    const result = await importFiles(asImporter(store), 'incidents.json');
    expect(result).toMatchObject({ incidents: { added: 3 }, updates: 6, broken: [] });
    const incident = await oneIncident(store, 'pstm0rtm0001');
    expect(incident.updates.map(({ phase }) => phase)).toEqual(['resolved', 'resolved', 'investigating']);
    expect(incident.updates[0]?.texts.en?.bodyHtml).toContain('<strong>What happened.</strong>');
    const { page, incidents } = JSON.parse(statuspageFixture('incidents.json'));
    for (const source of incidents) {
      expect(await rebuilt(store, source.id)).toBe(JSON.stringify({ page, incident: source }));
    }
  });

  it('files an incident without components, and one of the time before codes, under General', async () => {
    const { store } = bench;
    await importFiles(asImporter(store), 'incidents.json');
    expect(await oneIncident(store, 'n0c0mp0nt001')).toMatchObject({
      category: { slug: 'general' },
      impact: 'none',
    });
    const old = await oneIncident(store, '0ld1nc1dnt01');
    expect(old).toMatchObject({
      category: { slug: 'general' },
      publishedAt: new Date('2016-01-05T07:55:00.000Z'),
    });
    expect(old.updates[0]?.components).toEqual([]);
  });

  it('makes unknown components, archived, in the category that the source names, until a list brings them to life', async () => {
    const { store } = bench;
    await importFiles(asImporter(store), 'summary.json');
    const summary = JSON.parse(statuspageFixture('summary.json'));
    const [incident] = summary.incidents;
    incident.id = 'gr0pch1ld001';
    for (const [at, update] of incident.incident_updates.entries()) {
      update.id = `gr0pch1ld10${at}`;
      update.affected_components = [
        {
          code: 'cmp0wb000001',
          name: 'Webspace - PHP',
          old_status: 'operational',
          new_status: 'major_outage',
        },
        { code: 'cmp0pp300001', name: 'Mail - POP3', old_status: 'operational', new_status: 'major_outage' },
      ];
    }
    await importTexts(asImporter(store), JSON.stringify({ page: summary.page, incident }));
    const { components, categories } = store.tables;
    const named = (name: string) => inEachLanguage(() => name);
    const find = async (id: string) => {
      const [row] = await store.read
        .select({ name: components.name, slug: categories.slug, archivedAt: components.archivedAt })
        .from(components)
        .innerJoin(categories, eq(categories.id, components.categoryId))
        .where(eq(components.id, id));
      return row;
    };
    expect(await find('cmp0pp300001')).toEqual({ name: named('POP3'), slug: 'mail', archivedAt: night });
    expect(await find('cmp0wb000001')).toEqual({
      name: named('Webspace - PHP'),
      slug: 'general',
      archivedAt: night,
    });
    expect((await oneIncident(store, 'gr0pch1ld001')).category?.slug).toBe('general');
    await importFiles(asImporter(store), 'components.json');
    expect(await find('cmp0wb000001')).toEqual({
      name: named('Web servers'),
      slug: 'general',
      archivedAt: null,
    });
  });

  it('files an incident under the category of what was affected first', async () => {
    const { store } = bench;
    const { page, components, incidents } = JSON.parse(statuspageFixture('summary.json'));
    const [incident] = incidents;
    const dns = {
      code: 'cmp0dns00001',
      name: 'Name servers',
      old_status: 'operational',
      new_status: 'partial_outage',
    };
    incident.incident_updates[1].affected_components = [dns];
    await importTexts(asImporter(store), JSON.stringify({ page, components, incidents }));
    expect((await oneIncident(store, incident.id)).category?.slug).toBe('general');
  });

  it('imports a maintenance that is over', async () => {
    const { store } = bench;
    await importFiles(asImporter(store), 'maintenance.json');
    const end = new Date('2026-02-10T03:00:00.000Z');
    expect(await oneIncident(store, 'm4nt3n4nc302')).toMatchObject({
      kind: 'maintenance',
      phase: 'completed',
      resolvedAt: end,
      openUntil: end,
    });
    expect(await rebuilt(store, 'm4nt3n4nc302')).toBe(
      JSON.stringify(JSON.parse(statuspageFixture('maintenance.json'))),
    );
  });

  it('names each broken line with a sentence, takes the others whole and nothing of the broken', async () => {
    const { store } = bench;
    const result = await importFiles(asImporter(store), 'incidents.ndjson');
    expect(result.incidents).toEqual({ added: 3, changed: 0, unchanged: 0 });
    expect(result.broken.map(({ source, line }) => `${source}:${line}`)).toEqual(
      [4, 5, 6, 7, 8, 9].map((line) => `source 1:${line}`),
    );
    const reasons = result.broken.map(({ reason }) => reason);
    expect(reasons[0]).toMatch(/^This is not valid JSON: .*\.$/);
    expect(reasons[1]).toMatch(/^“incident_updates.1.status” is not one of: investigating, .*\.$/);
    expect(reasons.slice(2)).toEqual([
      '“id” is missing.',
      '“name” must be of type string, not number.',
      '“page” is missing.',
      'This is not valid JSON: It holds the key “__proto__”.',
    ]);
    const { incidents, incidentUpdates } = store.tables;
    const ids = await store.read.select({ id: incidents.id }).from(incidents).orderBy(asc(incidents.id));
    expect(ids.map(({ id }) => id)).toEqual(['l1n3nc1d0001', 'l1n3nc1d0002', 'l1n3nc1d0009']);
    expect(await store.read.$count(incidentUpdates)).toBe(6);
  });

  it('keeps numbers digit by digit, unknown keys and another order of keys', async () => {
    const { store } = bench;
    await importFiles(asImporter(store), 'incidents.ndjson');
    const lines = statuspageFixture('incidents.ndjson').split('\n');
    expect(lines[0]).toContain('"tweet_id":1674486844367728641');
    expect(lines[1]).toContain('"metadata":{"$ref":"x","costs":1.50}');
    expect(await rebuilt(store, 'l1n3nc1d0001')).toBe(lines[0]);
    expect(await rebuilt(store, 'l1n3nc1d0002')).toBe(lines[1]);
  });

  it('names the line of a broken incident inside a list', async () => {
    const { store } = bench;
    const list = statuspageFixture('incidents.json').replace(
      '"name": "Invoices came late"',
      '"name": ["Invoices came late"]',
    );
    const { broken, incidents } = await importTexts(asImporter(store), `\ufeff${list}`);
    const line = list.slice(0, list.indexOf('"n0c0mp0nt001"')).split('\n').length - 1;
    expect(broken).toEqual([
      {
        source: 'source 1',
        line,
        id: 'n0c0mp0nt001',
        title: null,
        reason: '“name” must be of type string, not array.',
      },
    ]);
    expect(incidents.added).toBe(2);
  });

  it.each([
    ['', /end of JSON input/],
    ['[]', /not an object/],
    ['{"page":{"id":"x","name":"x","url":"ftp://x"},"incidents":[]}', /^“page.url” is not the address/],
    ['{"page":{"id":"x","name":"x","url":"https://x.example"},"status":{}}', /neither incidents nor/],
    [
      '{"page":{"id":"x","name":"x","url":"https://x.example"},"incidents":{}}',
      /^“incidents” must be a list/,
    ],
    ['{"page":{"id":"x","name":"x","url":"https://x.example"},"incident":null}', /^This is not an object/],
    [`{"page":${'['.repeat(100_000)}`, /^This is not valid JSON/],
    [
      edited(0, (incident) =>
        Object.assign(incident, { metadata: JSON.parse('['.repeat(80) + ']'.repeat(80)) }),
      ),
      /nested too deeply/,
    ],
    [
      edited(0, (incident) => Object.assign(incident, { created_at: 'yesterday' })),
      /^“created_at” is not a time/,
    ],
    [edited(0, (incident) => Object.assign(incident, { incident_updates: [] })), /holds no update/],
    [edited(0, (incident) => Object.assign(incident, { id: '../../etc' })), /^“id” is not an id/],
    [edited(0, (incident) => Object.assign(incident, { name: ' \n' })), /^“name” is empty/],
    [
      edited(0, (incident) => Object.assign(incident.incident_updates[0] ?? {}, { status: 'scheduled' })),
      /does not fit/,
    ],
    [
      edited(0, (incident) => Object.assign(incident.incident_updates[0] ?? {}, { id: 'pstmpd4t0001' })),
      /occurs twice/,
    ],
  ])('refuses with a sentence (case %#)', async (text, reason) => {
    const result = await importTexts(asImporter(bench.store), text);
    expect(result.broken).toHaveLength(1);
    expect(result.broken[0]?.reason).toMatch(reason);
    expect(result.incidents.added).toBe(0);
    expect(await auditEntries(bench.store)).toEqual([]);
  });

  it('removes what cannot be stored or shown and still rebuilds it', async () => {
    const { store } = bench;
    const text = edited(1, (incident) => {
      incident.name = 'Invoices\ncame \u0000late ';
      Object.assign(incident.incident_updates[0] ?? {}, {
        body: 'Half \ud800 a \u0007 sign <script>alert(1)</script>',
      });
    });
    expect((await importTexts(asImporter(store), text)).broken).toEqual([]);
    const [update] = (await oneIncident(store, 'n0c0mp0nt001')).updates;
    expect(update?.texts.en?.title).toBe('Invoices came late');
    expect(update?.texts.en?.bodyHtml).toBe('<p>Half \ufffd a  sign</p>');
    expect(await rebuilt(store, 'n0c0mp0nt001')).toBe(text);
  });

  it('keeps the order of updates that were shown at the same instant', async () => {
    const { store } = bench;
    const text = edited(1, (incident) => {
      for (const update of incident.incident_updates) update.display_at = '2026-04-02T08:00:00.000Z';
      // By id alone the newest would come last.
      Object.assign(incident.incident_updates[0] ?? {}, { id: '000000000000' });
    });
    await importTexts(asImporter(store), text);
    const incident = await oneIncident(store, 'n0c0mp0nt001');
    expect(incident.phase).toBe('resolved');
    expect(incident.updates.map(({ phase }) => phase)).toEqual(['resolved', 'identified']);
    expect(await rebuilt(store, 'n0c0mp0nt001')).toBe(text);
  });

  it('never publishes into the future, and earliest where the source gives two times', async () => {
    const { store } = bench;
    const text = edited(1, (incident) => {
      incident.incident_updates[0] = {
        ...incident.incident_updates[0],
        created_at: '2031-01-01T00:00:00.000Z',
        display_at: '2031-01-01T00:00:00.000Z',
      };
      incident.incident_updates[1] = {
        ...incident.incident_updates[1],
        display_at: '2026-04-02T06:00:00.000Z',
      };
    });
    await importTexts(asImporter(store), text);
    const { updates } = await oneIncident(store, 'n0c0mp0nt001');
    expect(updates.map(({ publishedAt }) => publishedAt)).toEqual([
      night,
      new Date('2026-04-02T06:00:00.000Z'),
    ]);
  });

  it('refuses the one incident whose text cannot be rendered, and renders the rest', async () => {
    const { store } = bench;
    const importer = asImporter(store);
    const context: Context = {
      ...importer,
      renderTexts: (texts) => {
        if (texts.some(({ source }) => source.includes('March'))) throw unreadable('markdown_failed');
        return importer.renderTexts(texts);
      },
    };
    const result = await importFiles(context, 'incidents.json');
    expect(result.incidents.added).toBe(2);
    expect(result.broken).toEqual([
      expect.objectContaining({ reason: expect.stringMatching(/cannot be shown safely/) }),
    ]);
  });
});

describeEachEngine('import again', (bench) => {
  const all = ['summary.json', 'components.json', 'incidents.json', 'incidents.ndjson', 'maintenance.json'];

  it('writes nothing and tells nobody when nothing changed', async () => {
    const { store } = bench;
    const first = await watch(store, () => importFiles(asImporter(store), ...all));
    expect(first.tags).toContain('all');
    const entries = await auditEntries(store);
    expect(entries.map(({ action, actorKind }) => [action, actorKind])).toEqual([
      ['import.statuspage', 'import'],
    ]);
    expect(JSON.parse(entries[0]?.change ?? '').after).toMatchObject({
      incidents: { added: 9, changed: 0, unchanged: 0 },
      updates: 18,
      broken: 6,
      pages: ['https://status.musterhost.example', 'https://status.beispielwolke.example'],
    });

    let result: ImportResult | undefined;
    const second = await watch(store, async () => {
      result = await importFiles(asImporter(store, new Date('2026-12-01T00:00:00Z')), ...all);
    });
    expect(second).toEqual({ writes: [], tags: [] });
    expect(result).toMatchObject({
      incidents: { added: 0, changed: 0, unchanged: 9 },
      updates: 0,
      components: 0,
      categories: 0,
    });
    expect(await auditEntries(store)).toHaveLength(1);
    expect(await verifyAudit(store)).toEqual({ entries: 1, brokenAt: null });
    await expectDerived(store);
  });

  it('adds a new update, words a changed one anew and takes back what the source took back', async () => {
    const { store } = bench;
    await importFiles(asImporter(store), 'incidents.json');
    const text = edited(0, (incident) => {
      const [postmortem, resolved, investigating] = incident.incident_updates;
      const reworded = {
        ...investigating,
        body: 'Every API request fails.',
        updated_at: '2026-05-03T10:00:00.000Z',
      };
      const monitoring = {
        ...resolved,
        id: 'pstmpd4t0009',
        status: 'monitoring',
        display_at: '2026-05-01T10:30:00.000Z',
        affected_components: null,
      };
      incident.impact = 'critical';
      incident.updated_at = '2026-05-03T10:00:00.000Z';
      incident.incident_updates = [{ ...resolved }, monitoring, reworded];
      expect(postmortem?.status).toBe('postmortem');
    });
    const result = await importTexts(asImporter(store), text);
    expect(result).toMatchObject({
      incidents: { added: 0, changed: 1, unchanged: 0 },
      updates: 2,
      broken: [],
    });
    const incident = await oneIncident(store, 'pstm0rtm0001');
    expect(incident).toMatchObject({
      impact: 'critical',
      phase: 'resolved',
      resolvedAt: new Date('2026-05-01T10:40:00.000Z'),
      updatedAt: new Date('2026-05-03T10:00:00.000Z'),
      version: 2,
    });
    expect(incident.updates.map(({ id }) => id)).toEqual(['pstmpd4t0002', 'pstmpd4t0009', 'pstmpd4t0001']);
    expect(incident.updates[2]).toMatchObject({
      correctedAt: new Date('2026-05-03T10:00:00.000Z'),
      texts: {
        en: {
          revision: 2,
          bodyHtml: '<p>Every API request fails.</p>',
          earlier: [{ body: 'API requests fail. We are looking for the cause.' }],
        },
      },
    });
    expect(await rebuilt(store, 'pstm0rtm0001')).toBe(text);
    const [, entry] = await auditEntries(store);
    expect(JSON.parse(entry?.change ?? '').after).toMatchObject({
      incidents: { changed: 1 },
      withdrawn: ['pstmpd4t0003'],
    });
    expect((await watch(store, () => importTexts(asImporter(store), text))).writes).toEqual([]);
  });

  it('renames by new revisions', async () => {
    const { store } = bench;
    await importFiles(asImporter(store), 'incidents.json');
    const text = edited(1, (incident) => Object.assign(incident, { name: 'Late invoices' }));
    await importTexts(asImporter(store), text);
    const { updates } = await oneIncident(store, 'n0c0mp0nt001');
    expect(
      updates.map(({ texts, correctedAt }) => [texts.en?.title, texts.en?.revision, correctedAt]),
    ).toEqual([
      ['Late invoices', 2, null],
      ['Late invoices', 2, null],
    ]);
    expect(await rebuilt(store, 'n0c0mp0nt001')).toBe(text);
  });

  it('keeps what our desk added, corrected and classified', async () => {
    const { store } = bench;
    const context = asImporter(store);
    await importFiles(context, 'summary.json');
    const id = '0pn1nc1dnt01';
    const ownUpdate = newId();
    await store.transaction(async (tx) => {
      const { incidents, incidentUpdates, incidentUpdateTexts } = tx.tables;
      const at = new Date('2026-06-16T17:00:00.000Z');
      await tx.db.insert(incidentUpdates).values({
        id: ownUpdate,
        incidentId: id,
        phase: 'resolved',
        displayAt: at,
        publishedAt: at,
        isFreeText: true,
        createdAt: at,
      });
      const words = {
        title: 'Outgoing mail was delayed',
        effect: '',
        workaround: '',
        notAffected: '',
        note: '',
        createdAt: at,
      };
      const ours = { ...words, language: 'en', format: 'markdown' } as const;
      await tx.db.insert(incidentUpdateTexts).values([
        { ...ours, updateId: ownUpdate, revision: 1, body: 'Mail flows.', bodyHtml: '<p>Mail flows.</p>' },
        { ...ours, updateId: '0pn1pd4t0001', revision: 2, body: 'Our words.', bodyHtml: '<p>Our words.</p>' },
      ]);
      await tx.db
        .update(incidents)
        .set({ priority: 'P1', isReviewed: true, impact: 'major' })
        .where(eq(incidents.id, id));
      await deriveIncident(tx, id, night);
    });
    expect((await watch(store, () => importFiles(context, 'summary.json'))).writes).toEqual([]);

    const { page, incidents } = JSON.parse(statuspageFixture('summary.json'));
    Object.assign(incidents[0], { updated_at: '2026-06-16T10:30:00.000-07:00' });
    Object.assign(incidents[0].incident_updates[0], { body: 'The queue is on a new disk.' });
    await importTexts(context, JSON.stringify({ page, incident: incidents[0] }));
    const incident = await oneIncident(store, id);
    expect(incident).toMatchObject({ priority: 'P1', isReviewed: true, impact: 'major', phase: 'resolved' });
    expect(incident.updates.map(({ texts }) => texts.en?.body)).toEqual([
      'Mail flows.',
      'The queue is on a new disk.',
      'Our words.',
    ]);
    expect(await rebuilt(store, id)).toBe(JSON.stringify({ page, incident: incidents[0] }));

    Object.assign(incidents[0].incident_updates[1], { body: 'Outgoing mail waits.' });
    await importTexts(context, JSON.stringify({ page, incident: incidents[0] }));
    const oldest = (await oneIncident(store, id)).updates[2]?.texts.en;
    expect(oldest).toMatchObject({
      body: 'Outgoing mail waits.',
      revision: 3,
      earlier: [{ body: 'Our words.' }, {}],
    });
  });

  it('never lets an older copy take back what a newer one said', async () => {
    const { store } = bench;
    const newer = edited(1, (incident) =>
      Object.assign(incident, { impact: 'minor', updated_at: '2026-04-03T00:00:00.000Z' }),
    );
    await importTexts(asImporter(store), newer);
    const result = await importFiles(asImporter(store), 'incidents.json');
    expect(result.incidents).toEqual({ added: 2, changed: 0, unchanged: 1 });
    expect(await rebuilt(store, 'n0c0mp0nt001')).toBe(newer);
  });

  it('takes the same incident from two sources once', async () => {
    const { store } = bench;
    const text = edited(1, () => undefined);
    const result = await importTexts(
      asImporter(store),
      statuspageFixture('incidents.json'),
      `${text}\n${text}`,
    );
    expect(result).toMatchObject({ incidents: { added: 3, changed: 0, unchanged: 2 }, broken: [] });
  });
});

describeEachEngine('import beside other data', (bench) => {
  const collide = async (store: Store, text: string): Promise<string> => {
    const before = await watch(store, async () => undefined);
    expect(before.writes).toEqual([]);
    let result: ImportResult | undefined;
    const { writes } = await watch(store, async () => {
      result = await importTexts(asImporter(store), text);
    });
    expect(writes).toEqual([]);
    expect(result?.broken).toHaveLength(1);
    return result?.broken[0]?.reason ?? '';
  };

  it('refuses an id of our own incident', async () => {
    const { store } = bench;
    await importFiles(asImporter(store), 'incidents.json');
    const { incidents } = store.tables;
    await store.transaction(async (tx) => {
      await tx.db
        .update(incidents)
        .set({ importedFrom: null, source: null })
        .where(eq(incidents.id, 'n0c0mp0nt001'));
    });
    expect(
      await collide(
        store,
        edited(1, () => undefined),
      ),
    ).toMatch(
      /^The id n0c0mp0nt001 is already used by data that does not come from the page p4g3zw000000 \(https:\/\/status.beispielwolke.example\).$/,
    );
  });

  it('refuses an id of another page', async () => {
    const { store } = bench;
    await importFiles(asImporter(store), 'incidents.json');
    const text = edited(1, (_incident, page) => Object.assign(page, { id: 'e1s3wh3r3000' }));
    expect(await collide(store, text)).toMatch(/n0c0mp0nt001 is already used/);
  });

  it('refuses an update of another incident and a component of another page', async () => {
    const { store } = bench;
    await importFiles(asImporter(store), 'incidents.json');
    const stolen = edited(1, (incident) => Object.assign(incident, { id: 'st0l3n000001' }));
    expect(await collide(store, stolen)).toBe('The update n0c0pd4t0001 already belongs to another incident.');
    const borrowed = edited(0, (incident, page) => {
      Object.assign(incident, { id: 'st0l3n000002' });
      Object.assign(page, { id: 'e1s3wh3r3000' });
    });
    expect(await collide(store, borrowed)).toMatch(/^The component cmp0p1000001 is already used/);
  });

  it('refuses a listed component or group that is ours', async () => {
    const { store } = bench;
    await importFiles(asImporter(store), 'summary.json');
    const list = JSON.parse(statuspageFixture('components.json'));
    list.page.id = 'e1s3wh3r3000';
    const { broken, components } = await importTexts(asImporter(store), JSON.stringify(list));
    expect(broken.map(({ reason }) => /^The id (\w+) is already used/.exec(reason)?.[1])).toEqual([
      'grp0m41l0001',
      'cmp0smtp0001',
      'cmp0xm4p0001',
      'cmp0dns00001',
    ]);
    expect(components).toBe(1);
  });

  it('finds a free slug for a group and uses a category General that is there', async () => {
    const { store } = bench;
    await importFiles(asImporter(store), 'summary.json');
    const list = JSON.parse(statuspageFixture('components.json'));
    const text = JSON.stringify(list).replaceAll('0001"', '0002"').replaceAll('p4g3k1rtxt00', 'p4g3k1rtxt99');
    expect(await importTexts(asImporter(store), text)).toMatchObject({ categories: 1, broken: [] });
    const { categories } = store.tables;
    const slugs = await store.read
      .select({ slug: categories.slug })
      .from(categories)
      .orderBy(asc(categories.position));
    expect(slugs.map(({ slug }) => slug)).toEqual(['mail', 'general', 'mail-2']);
  });

  it('is for the operator and administrators alone', async () => {
    const { store } = bench;
    await expect(
      importFiles({ ...asImporter(store), actor: anonymous }, 'summary.json'),
    ).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(importFiles(await asUser(store, ['manager', 'csup']), 'summary.json')).rejects.toMatchObject(
      { code: 'forbidden' },
    );
    expect(await importFiles(await asUser(store, ['admin']), 'summary.json')).toMatchObject({
      incidents: { added: 2 },
    });
  });

  it('tells in the audit of the chunks that were stored before a failure, and of no other', async () => {
    const { store } = bench;
    let transactions = 0;
    const failing: Store = {
      ...store,
      get read() {
        return store.read;
      },
      transaction: (work) => {
        transactions += 1;
        return store.transaction(async (tx) => {
          const result = await work(tx);
          if (transactions === 2) throw new Error('The disk is full.');
          return result;
        });
      },
    };
    const context = { ...asImporter(store), store: failing };
    await expect(importFiles(context, 'components.json', 'incidents.json')).rejects.toThrow(
      'The disk is full.',
    );
    expect(await store.read.$count(store.tables.incidents)).toBe(0);
    const [entry] = await auditEntries(store);
    expect(JSON.parse(entry?.change ?? '').after).toMatchObject({
      components: 4,
      incidents: { added: 0 },
      updates: 0,
    });
    expect(await importFiles(asImporter(store), 'components.json', 'incidents.json')).toMatchObject({
      incidents: { added: 3 },
    });
  });
});

const corpusPath = process.env.STATUSPAGE_CORPUS ?? '';
const hasCorpus = existsSync(corpusPath);
if (!hasCorpus) {
  process.stderr.write(
    '\n!!! STATUSPAGE_CORPUS names no file: the test with real incidents is SKIPPED. !!!\n\n',
  );
}

describe.skipIf(!hasCorpus)('real incidents', () => {
  const corpus = hasCorpus ? readFileSync(corpusPath, 'utf8') : '';
  const lines = corpus.split('\n').filter((line) => line !== '');

  describeEachEngine('1,282 incidents of GitHub', (bench) => {
    it('are imported in 15 s, rebuilt field by field, derived as ever, and not written again', {
      timeout: 120_000,
    }, async () => {
      const { store } = bench;
      const progress: number[] = [];
      const started = performance.now();
      const result = await importStatuspage(
        asImporter(store),
        [{ name: 'corpus', text: corpus }],
        ({ done }) => progress.push(done),
      );
      const seconds = (performance.now() - started) / 1_000;
      expect(result).toMatchObject({ incidents: { added: 1_282 }, updates: 2_801, broken: [] });
      expect(seconds).toBeLessThan(15);
      expect(progress.at(-1)).toBe(1_282);

      await expectRebuilt(store, lines);
      await expectDerived(store);
      const second = await watch(store, () => importTexts(asImporter(store), corpus));
      expect(second).toEqual({ writes: [], tags: [] });
    });

    it('are in but one when line 700 is broken', { timeout: 120_000 }, async () => {
      const broken = lines.map((line, at) => (at === 699 ? line.slice(0, -20) : line)).join('\n');
      const result = await importTexts(asImporter(bench.store), broken);
      expect(result.incidents).toEqual({ added: 1_281, changed: 0, unchanged: 0 });
      expect(result.broken).toMatchObject([{ source: 'source 1', line: 700 }]);
      expect(await bench.store.read.$count(bench.store.tables.incidents)).toBe(1_281);
    });
  });
});

async function expectRebuilt(store: Store, lines: readonly string[]): Promise<void> {
  const { incidents, incidentUpdates, incidentUpdateTexts } = store.tables;
  const stored = new Map((await store.read.select().from(incidents)).map((row) => [row.id, row]));
  const updates = Map.groupBy(await store.read.select().from(incidentUpdates), (row) => row.incidentId);
  const texts = Map.groupBy(await store.read.select().from(incidentUpdateTexts), (row) => row.updateId);
  const differing = lines.filter((line) => {
    const source = parseJson(line);
    const id = isJsonObject(source) && isJsonObject(source.incident) ? String(source.incident.id) : '';
    const incident = stored.get(id);
    if (!incident) return true;
    const own = updates.get(id) ?? [];
    const rows = { incident, updates: own, texts: own.flatMap((update) => texts.get(update.id) ?? []) };
    // Escapes such as \u003c are the one thing that JSON does not keep.
    return (
      writeJson(rebuildDocument(rows)) !== writeJson(source) || !sameNumbers(line, rebuildDocument(rows))
    );
  });
  expect(differing).toHaveLength(0);
}

/** The digits of all long numbers, read from the text itself. */
const sameNumbers = (line: string, document: JsonObject): boolean => {
  const digits = (text: string) => text.match(/"tweet_id":\d+/g)?.join() ?? '';
  return digits(line) === digits(writeJson(document));
};

async function expectDerived(store: Store): Promise<void> {
  const { incidents } = store.tables;
  const { id, phase, resolvedAt, openUntil, publishedAt } = incidents;
  const read = () =>
    store.read.select({ id, phase, resolvedAt, openUntil, publishedAt }).from(incidents).orderBy(asc(id));
  const imported = await read();
  await store.transaction(async (tx) => {
    for (const incident of imported) await deriveIncident(tx, incident.id, night);
  });
  expect(await read()).toEqual(imported);
}
