/** An import straightens what contradicts itself and tells it, or refuses it with a sentence. */
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Store } from '../../db/store.ts';
import type { ImportResult } from '../../src/domain/imports/import-run.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { describeEachEngine } from '../support/engines.ts';
import { fillAgain } from '../support/fill-again.ts';
import { asImporter, importFiles, importTexts, statuspageFixture } from '../support/imports.ts';
import { night } from '../support/world.ts';
import { asAnybody } from './accounts-support.ts';

const file = 'contradictory-times.json';

interface Given extends Record<string, unknown> {
  incident_updates: Record<string, unknown>[];
}

/** The incident of the file that contradicts nothing, changed; then told three days later than `night`. */
function changed(change: (incident: Given, updates: Record<string, unknown>[]) => void, more: object = {}) {
  const { page, incidents } = JSON.parse(statuspageFixture(file));
  const incident: Given = incidents[2];
  change(incident, incident.incident_updates);
  return JSON.stringify({ page: { ...page, ...more }, incident });
}
/** The same as planned work that is over. */
const planned = (change: (incident: Given, updates: Record<string, unknown>[]) => void, more: object = {}) =>
  changed((incident, updates) => {
    const window = { scheduled_for: '2026-04-01T08:30:00.000Z', scheduled_until: '2026-04-01T10:00:00.000Z' };
    Object.assign(incident, { status: 'completed', impact: 'maintenance', ...window });
    Object.assign(updates[0] ?? {}, { status: 'completed' });
    Object.assign(updates[1] ?? {}, { status: 'in_progress' });
    change(incident, updates);
  }, more);

const id = '1d7h3j9p5s2f';
const title = 'Nothing contradicts here';
const reasons = ({ straightened }: ImportResult) => straightened.map(({ reason }) => reason);

async function stored(store: Store, wanted = id) {
  const { incidents } = store.tables;
  const [row] = await store.read.select().from(incidents).where(eq(incidents.id, wanted));
  if (!row) throw new Error(`${wanted} is not stored.`);
  return row;
}

describeEachEngine('an import of contradictory times', (bench) => {
  test('"Started 19 Jun · Ended 17 Jun": the start is the earlier of started_at and the first update, and it is told', async () => {
    const result = await importFiles(asImporter(bench.store), file);
    expect(result.broken).toEqual([]);
    expect(result.straightened).toEqual([
      {
        source: 'source 1',
        line: 10,
        id: '8r2k5v1n7x3d',
        title: 'Told two days later: the start is when it was written',
        reason:
          'Its start was given as 2026-06-19 14:38 UTC, after its first update; it started 2026-06-17 17:20 UTC.',
      },
      {
        source: 'source 1',
        line: 53,
        id: '4w9q6t2m8z1c',
        title: 'Eight updates, and the start is the end',
        reason:
          'Its start was given as 2026-05-02 21:32 UTC, after its first update; it started 2026-05-02 18:01 UTC.',
      },
    ]);
    const page = await readIncidentPage(asAnybody(bench.store), '8r2k5v1n7x3d');
    expect([page?.incident.startedAt, page?.incident.resolvedAt].map((at) => at?.toISOString())).toEqual([
      '2026-06-17T17:20:00.000Z',
      '2026-06-17T19:00:00.000Z',
    ]);
    expect((await stored(bench.store)).startedAt.toISOString()).toBe('2026-04-01T08:00:00.000Z');
    const again = await importFiles(asImporter(bench.store), file);
    expect([again.incidents.unchanged, again.straightened]).toEqual([3, []]);
  });

  test.each<[string, () => string, RegExp, object]>([
    [
      'an update in the future',
      () =>
        changed((incident, [last]) => {
          const at = '2027-04-01T09:00:00.000Z';
          Object.assign(incident, { resolved_at: at });
          Object.assign(last ?? {}, { display_at: at });
        }),
      /^One of its updates lies in the future; it counts as told now\.$/,
      { resolvedAt: night, phase: 'resolved' },
    ],
    [
      'an end before the last word',
      () =>
        changed((_incident, [last]) => {
          Object.assign(last ?? {}, { display_at: '2026-04-01T07:59:00.000Z' });
        }),
      /^It is over, but its last update says otherwise; its end was moved after that update\.$/,
      { phase: 'resolved', resolvedAt: new Date('2026-04-01T09:00:00.000Z') },
    ],
    [
      'a status that its newest update has left',
      () => changed((incident) => Object.assign(incident, { status: 'investigating' })),
      /^Its status is investigating, its newest update says resolved; the update counts\.$/,
      { phase: 'resolved' },
    ],
    [
      'an end that no update has',
      () => changed((incident) => Object.assign(incident, { resolved_at: '2026-04-02T09:00:00.000Z' })),
      /^Its end was given as 2026-04-02 09:00 UTC, its updates end it 2026-04-01 09:00 UTC; the updates count\.$/,
      { resolvedAt: new Date('2026-04-01T09:00:00.000Z') },
    ],
    [
      'a planned end before the planned start',
      () => planned((incident) => Object.assign(incident, { scheduled_until: '2026-04-01T08:00:00.000Z' })),
      /^Its planned end, 2026-04-01 08:00 UTC, is not after its planned start; it has no planned end\.$/,
      { scheduledUntil: null, scheduledFor: new Date('2026-04-01T08:30:00.000Z') },
    ],
    [
      'work that ended before its window',
      () => planned((incident) => Object.assign(incident, { scheduled_for: '2026-04-01T09:30:00.000Z' })),
      /^It ended before its planned start; it counts as started 2026-04-01 08:05 UTC\.$/,
      { startedAt: new Date('2026-04-01T08:05:00.000Z') },
    ],
    [
      'planned work without a planned start',
      () => planned((incident) => Object.assign(incident, { scheduled_for: null })),
      /^It is planned work without a planned start; it counts as planned for 2026-04-01 08:00 UTC\.$/,
      { kind: 'maintenance', scheduledFor: new Date('2026-04-01T08:00:00.000Z') },
    ],
    [
      'an incident with the impact of planned work',
      () => changed((incident) => Object.assign(incident, { impact: 'maintenance' })),
      /^Its impact, maintenance, does not fit what it is; it counts as minor\.$/,
      { impact: 'minor' },
    ],
    [
      'an update that names another incident',
      () => changed((_incident, [last]) => Object.assign(last ?? {}, { incident_id: '8r2k5v1n7x3d' })),
      /^Its update c1b2c3d4f5g7 names another incident; it counts here, where it stands\.$/,
      { phase: 'resolved' },
    ],
  ])('%s is straightened and told with id and title', async (_name, text, sentence, expected) => {
    const result = await importTexts(asImporter(bench.store), text());
    expect(result.broken).toEqual([]);
    expect(result.straightened).toEqual([
      { source: 'source 1', line: 1, id, title, reason: expect.stringMatching(sentence) },
    ]);
    expect(await stored(bench.store)).toMatchObject(expected);
    const again = await importTexts(asImporter(bench.store), text());
    expect([again.incidents.unchanged, again.straightened]).toEqual([1, []]);
  });

  test('creation in the future, or after the updates, does not make it appear later', async () => {
    const at = '2027-04-01T08:00:00.000Z';
    const text = changed((incident) => Object.assign(incident, { created_at: at, started_at: null }));
    await importTexts(asImporter(bench.store), text);
    expect(await stored(bench.store)).toMatchObject({
      createdAt: night,
      startedAt: new Date('2026-04-01T08:05:00.000Z'),
      publishedAt: new Date('2026-04-01T08:05:00.000Z'),
    });
  });

  test.each<[string, () => string, string]>([
    [
      'resolved without an update that says so',
      () => changed((_incident, updates) => updates.shift()),
      '“status” is resolved, but no update says so.',
    ],
    [
      'an unknown status',
      () => changed((_incident, [last]) => Object.assign(last ?? {}, { status: 'fixing' })),
      '“incident_updates.0.status” is not one of: investigating, identified, monitoring, resolved, postmortem, scheduled, in_progress, verifying, completed, cancelled.',
    ],
  ])('refuses what is %s, naming id and title', async (_name, text, reason) => {
    const result = await importTexts(asImporter(bench.store), text());
    expect(result.broken).toEqual([{ source: 'source 1', line: 1, id, title, reason }]);
    expect(result.incidents.added).toBe(0);
  });

  test('the same id twice in one source, not alike: what was updated last counts, and it is told', async () => {
    const { page, incidents } = JSON.parse(statuspageFixture(file));
    const older = { ...incidents[2], name: 'An older title', updated_at: '2026-04-01T08:30:00.000Z' };
    const result = await importTexts(
      asImporter(bench.store),
      JSON.stringify({ page, incidents: [older, incidents[2]] }),
    );
    expect(result.incidents).toEqual({ added: 1, changed: 1, unchanged: 0 });
    expect(reasons(result)).toEqual([
      'It occurs more than once in this source, not alike; what was updated last counts.',
    ]);
    const page_ = await readIncidentPage(asAnybody(bench.store), id);
    expect(page_?.incident.titles).toEqual({ en: title });
  });
});

describeEachEngine('a source is known by the id of its page', (bench) => {
  test('not by its address: moved elsewhere, it changes what it made', async () => {
    await importFiles(asImporter(bench.store), 'imported-still-open.json');
    const moved = statuspageFixture('imported-still-open.json')
      .replaceAll('status.nordlicht.example', 'status.elsewhere.example')
      .replace('"Standorte"', '"Sites"')
      .replace('"name": "Hamburg"', '"name": "Hamburg 2"')
      .replace('"Anmeldung schlägt fehl"', '"Anmeldung schlägt oft fehl"');
    const result = await importTexts(asImporter(bench.store), moved);
    expect(result.broken).toEqual([]);
    expect(result.incidents).toEqual({ added: 0, changed: 1, unchanged: 1 });
    expect(result.categories).toBe(0);
    expect((await stored(bench.store, 'kxdkl1d93016')).importedFrom).toBe('https://status.elsewhere.example');
  });

  test('groups that were kept under the address of their page are found', async () => {
    await importFiles(asImporter(bench.store), 'imported-still-open.json');
    const { settings } = bench.store.tables;
    const ofGroups = eq(settings.key, 'imported_groups');
    const groups = async () => (await bench.store.read.select().from(settings).where(ofGroups))[0]?.value;
    const kept = await groups();
    const value = { 'https://old.nordlicht.example': Object.values(Object(kept))[0] };
    await bench.store.transaction(({ db }) => db.update(settings).set({ value }).where(ofGroups));
    expect((await importFiles(asImporter(bench.store), 'imported-still-open.json')).broken).toEqual([]);
    expect(await groups()).toEqual(kept);
  });
});

/** One statement without parameters, past the store. */
describeEachEngine('the upgrade', (bench) => {
  test('straightens the starts that earlier imports believed, and no others', async () => {
    await importFiles(asImporter(bench.store), file, 'imported-still-open.json');
    const { incidents } = bench.store.tables;
    const starts = async () =>
      new Map((await bench.store.read.select().from(incidents)).map((row) => [row.id, row.startedAt]));
    const straight = await starts();
    const believed = new Date('2026-06-19T14:38:00.000Z');
    await bench.store.transaction(({ db }) =>
      db.update(incidents).set({ startedAt: believed }).where(eq(incidents.id, '8r2k5v1n7x3d')),
    );
    expect(await starts()).not.toEqual(straight);
    await fillAgain(bench, '0005_straighten-imported-starts');
    expect(await starts()).toEqual(straight);
  });
});
