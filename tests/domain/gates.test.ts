/** The gates of `core/visibility.ts` whose screens have a second wall behind them: asked directly, case by case. */
import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Audience } from '../../db/words.ts';
import { changeCategory } from '../../src/domain/catalogue/categories/change-category.ts';
import { findByFormerSlug } from '../../src/domain/catalogue/categories/former-slugs.ts';
import {
  publicIncidents,
  publicReports,
  publicSince,
  sharedReports,
  visibleCategories,
} from '../../src/domain/core/visibility.ts';
import { insertReport } from '../../src/domain/reports/obligations/owe-report.ts';
import { describeEachEngine } from '../support/engines.ts';
import { open, statusPage } from '../support/incidents.ts';
import { asUser, minutesLater, night } from '../support/world.ts';

const at = (minutes: number): Date => new Date(night.getTime() + minutes * 60_000);
const [before, now, after] = [at(-10), at(60), at(90)];

test.each([
  ['never published', null, false, null, null],
  ['published', before, false, null, before],
  ['held', after, false, null, after],
  ['restricted', before, true, null, null],
  ['restricted and released later', before, true, now, now],
  ['restricted and published after its release', after, true, now, after],
])('an incident that is %s is public since', (_what, publishedAt, isRestricted, releasedAt, since) => {
  expect(publicSince({ publishedAt, isRestricted, releasedAt })).toEqual(since);
});

interface Case {
  what: string;
  publishedAt: Date | null;
  publishedFor: Audience | null;
  isRestricted?: boolean;
  releasedAt?: Date;
  /** Whether the world, and who holds a link, may read it. */
  readers: [world: boolean, link: boolean];
}

const cases: Case[] = [
  { what: 'written', publishedAt: null, publishedFor: null, readers: [false, false] },
  { what: 'for the team', publishedAt: before, publishedFor: 'internal', readers: [false, false] },
  { what: 'for customers', publishedAt: before, publishedFor: 'customers', readers: [false, true] },
  { what: 'for everybody', publishedAt: before, publishedFor: 'public', readers: [true, true] },
  { what: 'not out yet', publishedAt: after, publishedFor: 'public', readers: [false, false] },
  {
    what: 'of a restricted incident',
    publishedAt: before,
    publishedFor: 'public',
    isRestricted: true,
    readers: [false, false],
  },
  {
    what: 'of one released later',
    publishedAt: before,
    publishedFor: 'customers',
    isRestricted: true,
    releasedAt: after,
    readers: [false, false],
  },
  {
    what: 'of one that is released',
    publishedAt: before,
    publishedFor: 'public',
    isRestricted: true,
    releasedAt: before,
    readers: [true, true],
  },
];

describeEachEngine('the gate', (bench) => {
  test.each(cases)('of a report $what', async ({ readers, publishedAt, publishedFor, ...lane }) => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    const { reports, incidents } = bench.store.tables;
    const report = await bench.store.transaction(async (tx) => {
      const made = await insertReport(tx, csup, id);
      await tx.db.update(reports).set({ publishedAt, publishedFor }).where(eq(reports.id, made));
      const { isRestricted = false, releasedAt = null } = lane;
      await tx.db.update(incidents).set({ isRestricted, releasedAt }).where(eq(incidents.id, id));
      return made;
    });
    const { tables, read } = bench.store;
    const isLetThrough = async (gate: typeof publicReports): Promise<boolean> => {
      const rows = await read
        .select({ id: reports.id })
        .from(reports)
        .innerJoin(incidents, eq(reports.incidentId, incidents.id))
        .where(and(gate(tables, now), eq(reports.id, report)));
      return rows.length === 1;
    };
    const ofTheWorld: typeof publicReports = (...asked) =>
      and(publicReports(...asked), publicIncidents(...asked));
    expect([await isLetThrough(ofTheWorld), await isLetThrough(sharedReports)]).toEqual(readers);
  });

  test('of a restricted category lets through the security role and who is named', async () => {
    const { csup, api, keys } = await statusPage(bench.store);
    const security = await asUser(bench.store, ['security', 'manager']);
    const named = await asUser(bench.store, ['sre']);
    await changeCategory(security, keys, { readerIds: [named.actor.userId] });
    const { categories } = bench.store.tables;
    const seen = async (context: typeof csup): Promise<boolean[]> => {
      const rows = await bench.store.read
        .select({ id: categories.id })
        .from(categories)
        .where(visibleCategories(context));
      return [api, keys].map((id) => rows.some((row) => row.id === id));
    };
    expect(await seen(csup)).toEqual([true, false]);
    expect(await seen(security)).toEqual([true, true]);
    expect(await seen(named)).toEqual([true, true]);
  });

  test('of a restricted category hides that it was called so, and leaves the name to the open one', async () => {
    const { csup, manager, website, keys } = await statusPage(bench.store);
    const security = await asUser(bench.store, ['security', 'manager']);
    const steps = [
      [manager, website, 'shop'],
      [manager, website, 'web'],
      [security, keys, 'shop'],
      [security, keys, 'vaults'],
    ] as const;
    for (const [minutes, [who, category, slug]] of steps.entries())
      await changeCategory(minutesLater(who, minutes), category, { slug });
    const called = async (context: typeof csup) =>
      (await findByFormerSlug(bench.store, 'shop', visibleCategories(context)))?.id;
    expect(await called(security)).toBe(keys);
    expect(await called(csup)).toBe(website);
  });
});
