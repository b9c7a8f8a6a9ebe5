import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { changeCategory } from '../../src/domain/catalogue/categories/change-category.ts';
import { listAudit } from '../../src/domain/core/audit/list-audit.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { readDesk } from '../../src/domain/desk/read-desk.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { listIncidents } from '../../src/domain/incidents/list-incidents.ts';
import { switchAutomatic } from '../../src/domain/incidents/maintenance/switch-automatic.ts';
import { listNotPublic } from '../../src/domain/incidents/not-public/list-not-public.ts';
import { recordIncident } from '../../src/domain/incidents/not-public/record-incident.ts';
import { listPromises } from '../../src/domain/incidents/promises/list-promises.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { nameReaders } from '../../src/domain/incidents/restricted/name-readers.ts';
import { readRestriction } from '../../src/domain/incidents/restricted/read-restriction.ts';
import { referIncident } from '../../src/domain/incidents/restricted/refer-incident.ts';
import { releaseIncident } from '../../src/domain/incidents/restricted/release-incident.ts';
import { restrictIncident } from '../../src/domain/incidents/restricted/restrict-incident.ts';
import { withdrawUpdate } from '../../src/domain/incidents/restricted/withdraw-update.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { changeUser } from '../../src/domain/people/users/change-user.ts';
import { readCategoryNames } from '../../src/domain/public/read-category-names.ts';
import { readFeed } from '../../src/domain/public/read-feed.ts';
import { readHome } from '../../src/domain/public/read-home.ts';
import { readIncidentPage } from '../../src/domain/public/read-incident-page.ts';
import { readNewest } from '../../src/domain/public/read-newest.ts';
import { describeEachEngine } from '../support/engines.ts';
import {
  inPlaceOfCsup,
  lastWords,
  latest,
  open,
  plan,
  type StatusPage,
  say,
  statusPage,
} from '../support/incidents.ts';
import { asUser, minutesLater } from '../support/world.ts';
import { asAnybody, audits, refusal, refusedBy, refusedFor } from './accounts-support.ts';

const idOf = (context: Context): string => context.actor.userId ?? '';
const hidden = refusedBy('not_found', 'not_found');
const secret = { category: 'keys', texts: { en: { title: 'Canary', body: 'The canary sings about it.' } } };
const refer = (context: Context, id: string) => referIncident(context, id, { toWhom: 'Security duty' });
const versionOf = async (context: Context, id: string) => (await readIncident(context, id)).version;
const inHours = (context: Context, count: number) => minutesLater(context, count * 60).now.toISOString();
const release = async (context: Context, id: string) =>
  releaseIncident(context, id, { version: await versionOf(context, id), ...inPlaceOfCsup });

describeEachEngine('R-051, R-052: the restricted lane', (bench) => {
  const world = (page: StatusPage, minutes: number): Context => ({
    ...asAnybody(bench.store),
    now: minutesLater(page.csup, minutes).now,
  });

  test('an incident of an open category is opened restricted; who opens it goes on seeing it, nobody else does', async () => {
    const page = await statusPage(bench.store);
    const friend = await asUser(bench.store, ['engineer']);
    const { id } = await open(page.csup, { isRestricted: true, readers: [idOf(friend)], holdSeconds: 10 });
    for (const context of [page.csup, friend, page.security])
      expect((await readIncident(context, id)).isRestricted).toBe(true);
    for (const context of [page.sre, page.manager, page.admin])
      expect(await refusal(readIncident(context, id))).toEqual(hidden);
    const { readers } = await readRestriction(page.csup, id);
    expect(readers.map((reader) => reader.id).sort()).toEqual([idOf(friend), idOf(page.csup)].sort());
    expect((await latest(page.csup, id)).isHeld).toBe(false);
    expect((await readHome(world(page, 60))).active).toEqual([]);
  });

  test('readers are people who may sign in, and only a restricted incident has any', async () => {
    const page = await statusPage(bench.store);
    await changeUser(page.admin, idOf(page.engineer), { disabled: true });
    const readers = [idOf(page.engineer), 'nobody'];
    expect(await refusal(open(page.csup, { isRestricted: true, readers }))).toEqual(
      refusedFor('readers.0: unknown_user', 'readers.1: unknown_user'),
    );
    expect(await refusal(open(page.csup, { readers: [idOf(page.sre)] }))).toEqual(
      refusedFor('readers: not_restricted'),
    );
    expect((await listIncidents(page.security)).incidents).toEqual([]);
  });

  test('security alone names who may see it; each naming replaces the list and is in the audit of those who may see it', async () => {
    const page = await statusPage(bench.store);
    const { id } = await open(page.csup, { isRestricted: true });
    expect(await refusal(nameReaders(page.csup, id, { readers: [idOf(page.sre)] }))).toEqual(
      refusedBy('forbidden', 'forbidden'),
    );
    await nameReaders(page.security, id, { readers: [idOf(page.sre)] });
    expect((await readIncident(page.sre, id)).id).toBe(id);
    expect(await refusal(readIncident(page.csup, id))).toEqual(hidden);
    const entry = (await audits(bench.store)).find(({ action }) => action === 'incident.readers-named');
    expect(entry).toMatchObject({ subjectId: id, restrictedTo: id });
    const { id: other } = await open(page.csup);
    expect(await refusal(nameReaders(page.security, other, { readers: [] }))).toEqual(
      refusedBy('conflict', 'not_restricted'),
    );
  });

  test('a public incident cannot become restricted; one that is not public can, by who opened it or by security', async () => {
    const page = await statusPage(bench.store);
    const { id: publicId } = await open(page.csup);
    for (const context of [page.csup, page.security])
      expect(await refusal(restrictIncident(context, publicId, {}))).toEqual(
        refusedBy('conflict', 'cannot_restrict'),
      );
    const { id: heldId } = await open(page.csup, { holdSeconds: 60 });
    expect(await refusal(restrictIncident(page.sre, heldId, {}))).toEqual(
      refusedBy('forbidden', 'forbidden'),
    );
    await restrictIncident(page.csup, heldId, {});
    expect((await readHome(world(page, 5))).active.map(({ id }) => id)).toEqual([publicId]);
    expect((await readIncident(page.csup, heldId)).isRestricted).toBe(true);
    expect(await refusal(readIncident(page.sre, heldId))).toEqual(hidden);
    const { id: loggedId } = await recordIncident(page.engineer, {
      category: 'api',
      internalTitle: 'Odd log-ins',
    });
    await restrictIncident(page.security, loggedId, { readers: [idOf(page.engineer)] });
    expect((await readIncident(page.engineer, loggedId)).isRestricted).toBe(true);
  });

  test('what the audit said before it became restricted is hidden with it', async () => {
    const page = await statusPage(bench.store);
    const { id } = await recordIncident(page.csup, {
      category: 'api',
      internalTitle: 'Canary in the log-ins',
    });
    const said = async (context: Context) => JSON.stringify(await listAudit(context, { limit: 100 }));
    expect(await said(page.manager)).toContain('Canary');
    await restrictIncident(page.csup, id, {});
    expect(await said(page.manager)).not.toContain('Canary');
    expect(await said(page.manager)).not.toContain(id);
    expect(await said(page.security)).toContain('Canary');
  });

  test('R-053: is not released without a recorded referral, nor without a text, nor by anybody but security', async () => {
    const page = await statusPage(bench.store);
    const { id } = await open(page.security, secret);
    await nameReaders(page.security, id, { readers: [idOf(page.csup), idOf(page.manager)] });
    expect(await refusal(release(page.security, id))).toEqual(refusedBy('conflict', 'referral_missing'));
    expect(await refusal(referIncident(page.csup, id, { toWhom: ' ' }))).toEqual(
      refusedFor('toWhom: required'),
    );
    const at = minutesLater(page.csup, -5).now.toISOString();
    await referIncident(page.csup, id, { toWhom: 'Lena, security duty', at, text: 'By telephone.' });
    expect((await readRestriction(page.manager, id)).referrals).toMatchObject([
      { toWhom: 'Lena, security duty', text: 'By telephone.', at: new Date(at) },
    ]);
    for (const context of [page.csup, page.manager])
      expect(await refusal(release(context, id))).toEqual(refusedBy('forbidden', 'forbidden'));
    await release(page.security, id);
    expect(await refusal(release(page.security, id))).toEqual(refusedBy('conflict', 'already_public'));

    const { id: empty } = await recordIncident(page.security, {
      category: 'keys',
      internalTitle: 'Lost key',
    });
    await refer(page.security, empty);
    expect(await refusal(release(page.security, empty))).toEqual(refusedBy('conflict', 'nothing_to_release'));
    const { id: unrestricted } = await open(page.csup);
    expect(await refusal(refer(page.csup, unrestricted))).toEqual(refusedBy('conflict', 'not_restricted'));
    expect(await refusal(release(page.security, unrestricted))).toEqual(
      refusedBy('conflict', 'not_restricted'),
    );
  });

  test('R-051: who is named for it alone learns the procedure of its category too', async () => {
    const page = await statusPage(bench.store);
    const trusted = await asUser(bench.store, ['manager', 'security']);
    await changeCategory(trusted, page.keys, { runbookUrl: 'https://runbooks.example/keys' });
    const { id } = await open(page.security, secret);
    await nameReaders(page.security, id, { readers: [idOf(page.engineer)] });
    expect(await readRestriction(page.engineer, id)).toMatchObject({
      isHidden: true,
      procedureUrl: 'https://runbooks.example/keys',
    });
    expect(await refusal(readRestriction(page.csup, id))).toEqual(hidden);
  });

  test('a referral lies not in the future, and who may not see the incident records none', async () => {
    const page = await statusPage(bench.store);
    const { id } = await open(page.security, secret);
    const at = minutesLater(page.csup, 5).now.toISOString();
    expect(await refusal(referIncident(page.security, id, { toWhom: 'Lena', at }))).toEqual(
      refusedFor('at: in_future'),
    );
    expect(await refusal(refer(page.csup, id))).toEqual(hidden);
    expect(await refusal(release({ ...page.security, actor: page.csup.actor }, id))).toEqual(hidden);
  });

  test('the release makes every text public at that instant, in order, each marked as posted later, with number, category and feed', async () => {
    const page = await statusPage(bench.store);
    const { id } = await open(page.security, { ...secret, components: { [page.vault]: 'major_outage' } });
    await say(minutesLater(page.security, 10), id, 'identified', { holdSeconds: 60 });
    await say(minutesLater(page.security, 20), id, 'monitoring');
    await refer(page.security, id);
    expect(await readIncidentPage(world(page, 39), id)).toBeNull();
    await release(minutesLater(page.security, 40), id);

    const shown = (await readIncidentPage(world(page, 40), id))?.incident;
    const at = minutesLater(page.security, 40).now.getTime();
    expect(shown).toMatchObject({ number: 1, phase: 'monitoring', titles: { en: 'Canary' } });
    expect(
      shown?.updates.map(({ phase, isPostedLater, publishedAt }) => [
        phase,
        isPostedLater,
        publishedAt.getTime() - at,
      ]),
    ).toEqual([
      ['monitoring', true, 0],
      ['identified', true, -1],
      ['investigating', true, -2],
    ]);
    expect(shown?.updates.at(-1)?.displayAt).toEqual(page.security.now);
    expect((await readCategoryNames(world(page, 40))).categories.map(({ slug }) => slug)).toContain('keys');
    expect((await readFeed(world(page, 40)))?.entries).toHaveLength(3);
    expect((await readIncident(page.manager, id).catch(() => null))?.id).toBeUndefined();
    expect((await readIncident(minutesLater(page.manager, 40), id)).id).toBe(id);
    const entry = (await audits(bench.store)).find(({ action }) => action === 'incident.released');
    expect(entry?.change.after).toMatchObject({ updates: [{}, {}, {}] });
    expect(JSON.stringify(entry?.change)).toContain('The canary sings about it.');
  });

  test('R-126: nothing is overdue at the first sight of the world; before, only who may see it knows of the promise', async () => {
    const page = await statusPage(bench.store);
    const { id } = await open(page.security, secret);
    await classifyIncident(await named(page, id), id, { priority: 'P0', reason: 'Keys are gone' });
    await refer(page.security, id);
    const later = minutesLater(page.security, 90);
    expect((await readDesk(later)).overdue.map((incident) => incident.id)).toEqual([id]);
    expect((await readDesk(minutesLater(page.csup, 90))).overdue).toEqual([]);
    expect((await readHome(world(page, 90))).active).toEqual([]);
    await release(later, id);
    const shown = (await readIncidentPage(world(page, 90), id))?.incident;
    expect(shown?.nextUpdateBy).toEqual(minutesLater(page.security, 105).now);
  });

  async function named(page: StatusPage, id: string): Promise<Context> {
    await nameReaders(page.security, id, { readers: [idOf(page.sre)] });
    return page.sre;
  }

  test('what was written after the releaser read it is not released unseen', async () => {
    const page = await statusPage(bench.store);
    const { id } = await open(page.security, secret);
    await refer(page.security, id);
    const version = await versionOf(page.security, id);
    await say(minutesLater(page.security, 1), id, 'identified');
    expect(await refusal(releaseIncident(minutesLater(page.security, 2), id, { version }))).toEqual(
      refusedBy('conflict', 'conflict_version'),
    );
    expect(await refusal(releaseIncident(page.security, id, {}))).toEqual(refusedFor('version: required'));
    expect((await readNewest(world(page, 5))).incidents).toEqual([]);
  });

  test('before the release security withdraws a text: it never becomes public, and the audit keeps it', async () => {
    const page = await statusPage(bench.store);
    const { id } = await open(page.security, secret);
    const { updateId } = await say(minutesLater(page.security, 5), id, 'identified', {
      texts: { en: { title: 'Canary', body: 'It was the fault of one person by name.' } },
    });
    await nameReaders(page.security, id, { readers: [idOf(page.csup)] });
    expect(await refusal(withdrawUpdate(page.csup, updateId, { reason: 'No other reason' }))).toEqual(
      refusedBy('forbidden', 'forbidden'),
    );
    await withdrawUpdate(minutesLater(page.security, 6), updateId, { reason: 'Names a person' });
    expect((await readIncident(page.security, id)).phase).toBe('investigating');
    await refer(page.security, id);
    await release(minutesLater(page.security, 7), id);
    expect(JSON.stringify(await readIncidentPage(world(page, 7), id))).not.toContain('by name');
    const entry = (await audits(bench.store)).find(({ action }) => action === 'update.withdrawn');
    expect(entry).toMatchObject({ subjectId: id, restrictedTo: id });
    expect(JSON.stringify(entry?.change)).toMatch(/fault of one person.*Names a person/);
    const { updateId: now } = await say(minutesLater(page.security, 8), id, 'identified');
    expect(
      await refusal(withdrawUpdate(minutesLater(page.security, 9), now, { reason: 'No other reason' })),
    ).toEqual(refusedBy('conflict', 'already_public'));
  });

  test('a text on which later ones build is withdrawn after them; without any text the title stays inside', async () => {
    const page = await statusPage(bench.store);
    const { id, updateId } = await open(page.security, secret);
    const { updateId: end } = await say(minutesLater(page.security, 5), id, 'resolved');
    const later = minutesLater(page.security, 6);
    expect(await refusal(withdrawUpdate(later, updateId, { reason: 'Wrong wording' }))).toEqual(
      refusedBy('conflict', 'withdraw_later_first'),
    );
    await withdrawUpdate(later, end, { reason: 'Wrong wording' });
    await withdrawUpdate(later, updateId, { reason: 'Wrong wording' });
    expect(await readIncident(page.security, id)).toMatchObject({
      phase: null,
      publishedAt: null,
      updates: [],
      internalTitle: 'Canary',
      titles: { en: 'Canary', de: 'Canary' },
    });
    const { updateId: ofOpen } = await open(page.csup);
    expect(await refusal(withdrawUpdate(page.security, ofOpen, { reason: 'No other reason' }))).toEqual(
      refusedBy('conflict', 'not_restricted'),
    );
  });

  test('withdrawing the announcement of a restricted maintenance takes its planned updates and its promise with it', async () => {
    const page = await statusPage(bench.store);
    const { security } = page;
    const { id, updateId } = await plan(security, 60, 120, { category: 'keys', isAutomatic: true });
    expect((await readIncident(security, id)).planned).toHaveLength(2);
    const note = await say(minutesLater(security, 1), id, 'scheduled', {
      nextUpdateBy: inHours(security, 1),
    });
    await withdrawUpdate(minutesLater(security, 2), note.updateId, { reason: 'Wrong wording' });
    expect((await readIncident(security, id)).planned).toHaveLength(2);
    const states = (await listPromises(minutesLater(security, 2), id)).map((promise) => promise.state);
    expect(states).toContain('withdrawn');
    expect(states).not.toContain('open');
    await withdrawUpdate(minutesLater(security, 3), updateId, { reason: 'Wrong wording' });
    expect(await readIncident(minutesLater(security, 3), id)).toMatchObject({ updates: [], planned: [] });
    const later = minutesLater(security, 90);
    expect(await readIncident(later, id)).toMatchObject({ phase: null, updates: [] });
    await refer(later, id);
    expect(await refusal(release(later, id))).toEqual(refusedBy('conflict', 'nothing_to_release'));

    const { id: begun, updateId: told } = await plan(security, 60, 120, {
      category: 'keys',
      isAutomatic: true,
    });
    await withdrawUpdate(later, told, { reason: 'Named a customer' });
    expect(await readIncident(later, begun)).toMatchObject({ phase: null, updates: [], planned: [] });
  });

  test('automatic is switched in a released restricted maintenance by who may publish in it, and by nobody else', async () => {
    const { csup, security } = await statusPage(bench.store);
    const { id } = await plan(csup, 60, 120, { isRestricted: true });
    await switchAutomatic(csup, id, { isAutomatic: true });
    await refer(security, id);
    await release(security, id);
    for (const isAutomatic of [false, true])
      expect(await refusal(switchAutomatic(minutesLater(csup, 1), id, { isAutomatic }))).toEqual(
        refusedBy('forbidden', 'security_publishes'),
      );
    await switchAutomatic(minutesLater(security, 1), id, { isAutomatic: false });
    expect((await readIncident(minutesLater(csup, 1), id)).planned).toEqual([]);
  });

  test('before the release a missing translation is added, but no wording is corrected: its first one would become public', async () => {
    const page = await statusPage(bench.store);
    const { id, updateId } = await open(page.security, {
      category: 'keys',
      phase: 'investigating',
      occasion: undefined,
      slots: undefined,
      texts: { en: { title: 'Canary', body: 'The canary sings.' } },
    });
    const texts = { en: { body: 'The canary is silent.' } };
    expect(await refusal(correctUpdate(page.security, updateId, { texts }))).toEqual(
      refusedBy('conflict', 'unreleased'),
    );
    const german = { de: { title: 'Kanarienvogel', body: 'Der Vogel singt.' } };
    await correctUpdate(page.security, updateId, { texts: german });
    expect((await latest(page.security, id)).texts.de?.title).toBe('Kanarienvogel');
  });

  test('after the release security alone publishes: no update, correction or translation of anybody else', async () => {
    const page = await statusPage(bench.store);
    const { id, updateId } = await open(page.security, secret);
    await refer(page.security, id);
    await release(page.security, id);
    const byOthers = refusedBy('forbidden', 'security_publishes');
    const later = (context: Context) => minutesLater(context, 1);
    for (const context of [page.csup, page.sre, page.manager, page.admin]) {
      expect(await refusal(say(later(context), id, 'identified'))).toEqual(byOthers);
      const texts = { en: { body: 'Other words.' } };
      expect(await refusal(correctUpdate(later(context), updateId, { texts }))).toEqual(byOthers);
    }
    await say(later(page.security), id, 'identified');
    await correctUpdate(minutesLater(page.security, 2), updateId, {
      texts: { en: { body: 'Right words.' } },
      isOtherRight: true,
      ...inPlaceOfCsup,
    });
    const end = { ...lastWords.slots.explanation };
    await say(minutesLater(page.security, 3), id, 'resolved', { texts: { en: { body: end.en } } });
    expect((await readIncidentPage(world(page, 3), id))?.incident.phase).toBe('resolved');
  });

  test('R-049: P0 and P1 carry a category of the public catalogue, because every incident does', async () => {
    const page = await statusPage(bench.store);
    for (const category of ['nowhere', ''])
      for (const work of [
        () => open(page.csup, { category }),
        () => recordIncident(page.csup, { category, internalTitle: 'x' }),
      ])
        expect(await refusal(work())).toMatchObject({ code: 'invalid' });
    const { id } = await recordIncident(page.csup, { category: 'api', internalTitle: 'Orders fail' });
    await classifyIncident(page.sre, id, { priority: 'P0', reason: 'Nobody can order' });
    expect((await readIncident(page.sre, id)).category.slug).toBe('api');
  });

  test('a restricted incident stands in no list of others while it is not public', async () => {
    const page = await statusPage(bench.store);
    const { id } = await recordIncident(page.csup, {
      category: 'api',
      internalTitle: 'Canary',
      isRestricted: true,
    });
    for (const context of [page.sre, page.manager, page.engineer, page.admin]) {
      expect((await listNotPublic(context)).notPublic).toEqual([]);
      expect((await readDesk(context)).open).toEqual([]);
    }
    for (const context of [page.csup, page.security])
      expect((await listNotPublic(context)).notPublic.map((incident) => incident.id)).toEqual([id]);
    const { incidents } = bench.store.tables;
    const [row] = await bench.store.read.select().from(incidents).where(eq(incidents.id, id));
    expect(row?.publishedAt).toBeNull();
  });
});
