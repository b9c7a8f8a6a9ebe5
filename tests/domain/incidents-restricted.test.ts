import { expect, test } from 'vitest';
import type { Role } from '../../db/words.ts';
import { listAudit } from '../../src/domain/core/audit/list-audit.ts';
import { verifyAudit } from '../../src/domain/core/audit/verify.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { readComposer } from '../../src/domain/desk/read-composer.ts';
import { readDesk } from '../../src/domain/desk/read-desk.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { listIncidents } from '../../src/domain/incidents/list-incidents.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { readUpdate } from '../../src/domain/incidents/updates/read-update.ts';
import { readCategoryNames } from '../../src/domain/public/read-category-names.ts';
import { readCategoryPage } from '../../src/domain/public/read-category-page.ts';
import { readFeed } from '../../src/domain/public/read-feed.ts';
import { readHistoryMonth } from '../../src/domain/public/read-history.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { readNewest } from '../../src/domain/public/read-newest.ts';
import { readStatus } from '../../src/domain/public/read-status.ts';
import { describeEachEngine } from '../support/engines.ts';
import { open, type StatusPage, say, statusPage } from '../support/incidents.ts';
import { asOperator, asUser, minutesLater } from '../support/world.ts';
import { asAnybody, audits, refusal, refusedBy, refusedFor } from './accounts-support.ts';

const secret = {
  category: 'keys',
  texts: { en: { title: 'Canary', body: 'The canary sings about the keys.' } },
};
const openSecret = (context: Context, more: object = {}) => open(context, { ...secret, ...more });
const hidden = refusedBy('not_found', 'not_found');

const written = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => (inner instanceof Map ? [...inner] : inner));

describeEachEngine('R-051: a restricted incident', (bench) => {
  /** A restricted incident, people who may see it and people who may not. */
  async function leak(page: StatusPage) {
    const { store } = bench;
    const namedHere = await asUser(store, ['sre']);
    const namedInCategory = await asUser(store, ['csup']);
    const { id, updateId } = await openSecret(page.security, {
      components: { [page.vault]: 'major_outage' },
    });
    await store.transaction(async ({ db, tables }) => {
      await db
        .insert(tables.incidentReaders)
        .values({ incidentId: id, userId: namedHere.actor.userId ?? '' });
      await db
        .insert(tables.categoryReaders)
        .values({ categoryId: page.keys, userId: namedInCategory.actor.userId ?? '' });
    });
    const strangers: Record<string, Context> = Object.fromEntries(
      (['csup', 'sre', 'engineer', 'manager', 'admin'] satisfies Role[]).map((role) => [role, page[role]]),
    );
    strangers.operator = asOperator(store);
    return { id, updateId, friends: { security: page.security, namedHere, namedInCategory }, strangers };
  }

  test('is opened only by those who may see its category; to others that category does not exist', async () => {
    const page = await statusPage(bench.store);
    const { friends, strangers } = await leak(page);
    for (const [who, context] of Object.entries(strangers)) {
      if (who === 'engineer') continue;
      for (const category of ['keys', page.keys]) {
        expect([who, await refusal(openSecret(context, { category }))]).toEqual([
          who,
          refusedFor('category: unknown_category'),
        ]);
      }
    }
    expect(await refusal(openSecret(friends.namedHere))).toEqual(refusedFor('category: unknown_category'));
    const { id } = await openSecret(friends.namedInCategory);
    expect(await readIncident(page.security, id)).toMatchObject({
      isRestricted: true,
      number: null,
      phase: 'investigating',
    });
  });

  test('is invisible to everybody else in every verb and read of the team', async () => {
    const page = await statusPage(bench.store);
    const { id, updateId, strangers } = await leak(page);
    const before = written(await readIncident(page.security, id));
    for (const [who, context] of Object.entries(strangers)) {
      expect([who, await refusal(readIncident(context, id))]).toEqual([who, hidden]);
      expect([who, await refusal(readUpdate(context, updateId))]).toEqual([who, hidden]);
      expect([who, (await listIncidents(context)).incidents]).toEqual([who, []]);
      expect(await refusal(listIncidents(context, { before: id }))).toEqual(
        refusedFor('before: wrong_value'),
      );
      expect(written(await readDesk(context))).not.toMatch(/Canary|Keys|Vault/);
      if (who === 'engineer') continue;
      expect(await refusal(say(context, id, 'identified'))).toEqual(hidden);
      expect(await refusal(say(context, id, 'identified', { version: 99 }))).toEqual(hidden);
      expect(
        await refusal(correctUpdate(context, updateId, { texts: { en: { body: 'Mine.' } }, version: 99 })),
      ).toEqual(hidden);
      expect(await refusal(readComposer(context, { incident: id }))).toEqual(hidden);
      expect(await refusal(readComposer(context, { category: 'keys' }))).toEqual(hidden);
      expect(written(await readComposer(context, { category: 'api' }))).not.toMatch(/Canary|Vault/);
      if (who === 'csup' || who === 'admin') continue;
      expect(
        await refusal(
          classifyIncident(context, id, { priority: 'P0', reason: 'No other reason', version: 99 }),
        ),
      ).toEqual(hidden);
    }
    expect(written(await readIncident(page.security, id))).toBe(before);
  });

  test('is seen and worked on by the security role and by those who are named, for it or for its category', async () => {
    const page = await statusPage(bench.store);
    const { id, updateId, friends } = await leak(page);
    for (const [at, context] of Object.values(friends).entries()) {
      const now = minutesLater(context, at + 1);
      expect((await readIncident(now, id)).titles).toEqual({
        en: 'Canary',
        de: 'API-Anfragen schlagen fehl',
      });
      expect((await listIncidents(now)).incidents.map((incident) => incident.id)).toEqual([id]);
      expect((await readDesk(now)).open.map((incident) => incident.id)).toEqual([id]);
      await say(now, id, 'identified');
      expect(
        await refusal(
          correctUpdate(now, updateId, { texts: { en: { body: `Number ${at} puts it right.` } } }),
        ),
      ).toEqual(refusedBy('conflict', 'unreleased'));
    }
    await classifyIncident(friends.namedHere, id, { priority: 'P0', reason: 'Keys are gone' });
    expect((await readIncident(page.security, id)).priority).toBe('P0');
  });

  test('tells the world nothing: not on a page, in a feed, a count, a component’s status or the audit of others', async () => {
    const page = await statusPage(bench.store);
    const before = await worldReads(page);
    const { id, friends } = await leak(page);
    await say(minutesLater(page.security, 1), id, 'resolved');
    expect(await worldReads(page)).toBe(before);
    for (const context of [asAnybody(bench.store), page.security, page.admin]) {
      expect(await readIncidentPage(context, id)).toBeNull();
      expect(await readCategoryPage(context, 'keys')).toBeNull();
      expect(await readFeed(context, 'keys')).toBeNull();
    }

    const entries = async (context: Context) =>
      (await listAudit(context, { limit: 100 })).entries.filter((entry) => entry.subjectId === id);
    expect(await entries(page.manager)).toEqual([]);
    expect(await entries(page.admin)).toEqual([]);
    expect(written(await listAudit(page.manager, { limit: 100 }))).not.toMatch(/Canary|canary/);
    expect((await entries(page.security)).map((entry) => [entry.action, entry.isRestricted])).toEqual([
      ['update.posted', true],
      ['update.posted', true],
      ['incident.opened', true],
    ]);
    const managerNamed = {
      ...page.manager,
      actor: { ...page.manager.actor, userId: friends.namedHere.actor.userId },
    };
    expect(await entries(managerNamed)).toHaveLength(3);
    expect(
      (await audits(bench.store)).filter((entry) => entry.subjectId === id && entry.restrictedTo !== id),
    ).toEqual([]);
    expect((await verifyAudit(bench.store)).brokenAt).toBeNull();
  });

  async function worldReads(page: StatusPage): Promise<string> {
    const context = { ...asAnybody(bench.store), now: minutesLater(page.csup, 5).now };
    const reads = [
      await readHome(context),
      await readStatus(context),
      await readNewest(context),
      await readHistoryMonth(context),
      await readCategoryNames(context),
      await readCategoryPage(context, 'api'),
      await readFeed(context),
    ];
    return written(reads.map((read) => ({ ...read, validUntil: null })));
  }

  test('that is released is public from that instant on, without any write, with its category', async () => {
    const page = await statusPage(bench.store);
    const { id, strangers } = await leak(page);
    const releasedAt = minutesLater(page.csup, 10).now;
    await bench.store.transaction(({ db, tables }) => db.update(tables.incidents).set({ releasedAt }));
    const before = { ...asAnybody(bench.store), now: new Date(releasedAt.getTime() - 1) };
    expect(await readIncidentPage(before, id)).toBeNull();
    expect(await readCategoryPage(before, 'keys')).toBeNull();
    expect((await readCategoryNames(before)).categories.map(({ slug }) => slug)).toEqual(['api', 'website']);
    const after = { ...before, now: releasedAt };
    expect((await readIncidentPage(after, id))?.incident.titles.en).toBe('Canary');
    expect((await readCategoryPage(after, 'keys'))?.open).toMatchObject([{ id }]);
    expect((await readFeed(after))?.entries).toHaveLength(1);
    expect((await readHome(after)).active).toMatchObject([{ id }]);
    for (const context of Object.values(strangers))
      expect((await readIncident({ ...context, now: releasedAt }, id)).id).toBe(id);
  });

  test('a component of a restricted category is named by no incident of another one', async () => {
    const page = await statusPage(bench.store);
    const components = { [page.vault]: 'major_outage' };
    for (const context of [page.csup, page.security]) {
      expect(await refusal(open(context, { components }))).toEqual(
        refusedFor(`components.${page.vault}: unknown_component`),
      );
    }
    const { id } = await openSecret(page.security, {
      components: { ...components, [page.gateway]: 'partial_outage' },
    });
    await postUpdate(minutesLater(page.security, 1), id, {
      phase: 'identified',
      texts: { en: { body: 'We know which keys.' } },
    });
    expect((await readIncident(page.security, id)).components).toHaveLength(2);
  });
});
