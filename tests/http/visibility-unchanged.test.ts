/** What is not public must not even show by what it changes: not one public byte moves. */
import { and, isNull, lte } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { addCategory } from '../../src/domain/catalogue/categories/add-category.ts';
import { changeCategory } from '../../src/domain/catalogue/categories/change-category.ts';
import { addComponent } from '../../src/domain/catalogue/components/add-component.ts';
import { addGroup } from '../../src/domain/catalogue/groups/add-group.ts';
import { listAudit } from '../../src/domain/core/audit/list-audit.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { saveDraft } from '../../src/domain/incidents/drafts/save-draft.ts';
import { offerHandOver } from '../../src/domain/incidents/hand-overs/offer-hand-over.ts';
import { labelIncident } from '../../src/domain/incidents/label-incident.ts';
import { giveReason } from '../../src/domain/incidents/not-public/give-reason.ts';
import { recordIncident } from '../../src/domain/incidents/not-public/record-incident.ts';
import { setAffectsCustomers } from '../../src/domain/incidents/not-public/set-affects-customers.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { nameReaders } from '../../src/domain/incidents/restricted/name-readers.ts';
import { referIncident } from '../../src/domain/incidents/restricted/refer-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { undoUpdate } from '../../src/domain/incidents/updates/undo-update.ts';
import { addShift } from '../../src/domain/people/roster/add-shift.ts';
import { changeUser } from '../../src/domain/people/users/change-user.ts';
import { look } from '../support/crawl.ts';
import { actingAs } from '../support/inside.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { english } from '../support/world.ts';

let server: TestServer;
/** May see what is restricted. */
let security: () => Context;
let incident = '';
let maintenance = '';
let part = '';
let secretPart = '';
let secretId = '';

beforeAll(async () => {
  server = await startTestServer();
  const person = await server.addPerson('security', 'csup', 'admin', 'manager', 'sre');
  security = () => actingAs(server, person);
  part = (
    await addComponent(server.context(), {
      category: 'api',
      name: { en: 'Orders', de: 'Aufträge' },
      type: 'api',
    })
  ).id;
  const secret = await addCategory(security(), {
    name: { en: 'Intrusion', de: 'Einbruch' },
    isRestricted: true,
  });
  secretId = secret.id;
  secretPart = (
    await addComponent(security(), {
      category: secretId,
      name: { en: 'Sensors', de: 'Sensoren' },
      type: 'network',
    })
  ).id;
  const texts = english('Some orders fail');
  incident = (
    await openIncident(server.context(), {
      category: 'api',
      phase: 'investigating',
      components: { [part]: 'degraded_performance' },
      texts,
    })
  ).id;
  const [from, until] = [60, 120].map((minutes) =>
    new Date(server.clock.now.getTime() + minutes * 60_000).toISOString(),
  );
  const planned = {
    category: 'dns',
    phase: 'scheduled',
    scheduledFor: from,
    scheduledUntil: until,
    texts: english('New name servers'),
  };
  maintenance = (await openIncident(server.context(), planned)).id;
});
afterAll(() => server?.stop());

async function publicBytes(): Promise<string[]> {
  const ids = [incident, maintenance].flatMap((id) => [`/incidents/${id}`, `/api/v1/incidents/${id}`]);
  const feeds = [
    '/feed.rss',
    '/feed.atom',
    '/feed.json',
    '/categories/api/feed.atom',
    '/categories/dns/feed.rss',
  ];
  const pages = [
    '/',
    '/history',
    '/history/2026-11',
    '/history/2025-03',
    '/subscribe',
    '/maintenance',
    '/categories/api',
    '/categories/dns',
    '/categories/intrusion',
    '/nothing',
  ];
  const german = ['/de', '/de/history', '/de/categories/api', '/de/feed.rss', `/de/incidents/${incident}`];
  const api = ['status', 'incidents', 'categories', 'components'].map((noun) => `/api/v1/${noun}`);
  const seen = await look(server, [...pages, ...ids, ...feeds, ...german, ...api]);
  return seen.map(
    ({ method, path, status, headers, body }) => `${method} ${path} ${status}\n${headers}\n\n${body}`,
  );
}

/** Does `work` and holds all public bytes against those of before, rendered anew both times. */
async function expectUnchanged(work: () => Promise<unknown>): Promise<void> {
  const renew = () => server.app.store.transaction(async ({ touch }) => touch('all'));
  await renew();
  const before = await publicBytes();
  await work();
  await renew();
  const after = await publicBytes();
  const changed = after.filter((answer, at) => answer !== before[at]).map((answer) => answer.split('\n')[0]);
  expect(changed).toEqual([]);
}

const holdSeconds = 60;

/** Also waits for the job that gives a new incident its number; a reminder of a maintenance may be due later. */
async function pastTheHold(): Promise<void> {
  server.clock.forward(1);
  const { outbox } = server.app.store.tables;
  const isDue = and(isNull(outbox.doneAt), lte(outbox.dueAt, server.clock.now));
  await vi.waitFor(
    async () => expect(await server.app.store.read.select().from(outbox).where(isDue)).toEqual([]),
    10_000,
  );
}

// A story: one incident goes on, and its clock with it.
describe('nothing public moves', { shuffle: false }, () => {
  describe('a held update leaves every public byte as it was', () => {
    test('its phase, words, components and promise', async () => {
      const texts = english('Some orders fail');
      await expectUnchanged(() =>
        postUpdate(server.context(), incident, {
          phase: 'identified',
          components: { [part]: 'degraded_performance' },
          texts,
          holdSeconds,
        }),
      );
      await pastTheHold();
    });

    test('the impact that it raises', async () => {
      const texts = english('No order works');
      await expectUnchanged(() =>
        postUpdate(server.context(), incident, {
          phase: 'identified',
          components: { [part]: 'major_outage' },
          texts,
          holdSeconds,
        }),
      );
    });

    test('the planned end that it moves', async () => {
      await pastTheHold();
      const scheduledUntil = new Date(server.clock.now.getTime() + 300 * 60_000).toISOString();
      await expectUnchanged(() =>
        postUpdate(server.context(), maintenance, {
          phase: 'scheduled',
          scheduledUntil,
          texts: english('New name servers'),
          holdSeconds,
        }),
      );
    });

    test('that the incident is over', async () => {
      await pastTheHold();
      const texts = english(
        'Solved',
        'A change of ours had slowed the database down. It is taken back, and all orders work.',
      );
      await expectUnchanged(() =>
        postUpdate(server.context(), incident, { phase: 'resolved', texts, holdSeconds }),
      );
      await pastTheHold();
    });

    test('a whole new incident, and a maintenance', async () => {
      await expectUnchanged(async () => {
        await openIncident(server.context(), {
          category: 'dns',
          phase: 'investigating',
          texts: english('Held'),
          holdSeconds,
        });
        await openIncident(server.context(), {
          category: 'dns',
          phase: 'investigating',
          startedAt: '2025-01-05T00:00:00Z',
          texts: english('Held, old'),
          holdSeconds,
        });
        const [scheduledFor, scheduledUntil] = ['2026-11-21T02:00:00Z', '2026-11-21T03:00:00Z'];
        await openIncident(server.context(), {
          category: 'dns',
          phase: 'scheduled',
          scheduledFor,
          scheduledUntil,
          texts: english('Held too'),
          holdSeconds,
        });
      });
    });
  });

  describe('R-072, G-06: what is undone leaves every public byte as it was', () => {
    const texts = english('Never said');
    const undoAll = async () => {
      const message = { phase: 'investigating', texts, holdSeconds };
      const update = await postUpdate(server.context(), maintenance, { ...message, phase: 'in_progress' });
      const opened = await openIncident(server.context(), {
        category: 'api',
        ...message,
        impact: 'critical',
      });
      for (const { updateId } of [update, opened]) await undoUpdate(server.context(), updateId);
      return opened.id;
    };

    test('at once, and after the time at which it would have been public', async () => {
      await pastTheHold();
      let id = '';
      await expectUnchanged(async () => {
        id = await undoAll();
      });
      await pastTheHold();
      const everything = await publicBytes();
      expect(everything.filter((answer) => answer.includes('Never said') || answer.includes(id))).toEqual([]);
      for (const path of [`/incidents/${id}`, `/de/incidents/${id}`, `/api/v1/incidents/${id}`])
        expect((await server.fetch(path)).status).toBe(404);
      await expectUnchanged(undoAll);
      const { entries } = await listAudit(server.context(), { limit: 1 });
      expect(JSON.stringify(entries[0])).toMatch(/update\.undone.*Never said\. We are looking/);
    });

    test('what somebody has typed and not published', async () => {
      const values = { 'texts.en.title': ['Never said either'] };
      await expectUnchanged(() =>
        saveDraft(security(), `incident:${maintenance}`, { occasion: 'in_progress', values }),
      );
    });
  });

  describe('what is restricted leaves every public byte as it was', () => {
    test('a new incident with updates, in an old month too, and its end', async () => {
      await pastTheHold();
      await expectUnchanged(async () => {
        const components = { [secretPart]: 'major_outage' };
        const { id } = await openIncident(security(), {
          category: secretId,
          phase: 'investigating',
          components,
          texts: english('Somebody is inside'),
        });
        await postUpdate(security(), id, { phase: 'identified', texts: english('Somebody is inside') });
        await postUpdate(security(), id, {
          phase: 'resolved',
          texts: english('Out', 'The way in is closed, all keys are changed, and nothing was taken away.'),
        });
        await openIncident(security(), {
          category: secretId,
          phase: 'investigating',
          startedAt: '2025-03-01T00:00:00Z',
          texts: english('Long ago'),
        });
      });
    });

    test('one that names a component of a public category', async () => {
      await expectUnchanged(() =>
        openIncident(security(), {
          category: secretId,
          phase: 'investigating',
          components: { [part]: 'major_outage' },
          texts: english('Inside the orders'),
        }),
      );
    });

    test('a category, its name, its components', async () => {
      await expectUnchanged(async () => {
        await changeCategory(security(), secretId, { name: { en: 'Break-in', de: 'Einbruch 2' } });
        await addComponent(security(), {
          category: secretId,
          name: { en: 'Camera', de: 'Kamera' },
          type: 'network',
        });
        await addCategory(security(), {
          name: { en: 'Below', de: 'Darunter' },
          parent: secretId,
          isRestricted: true,
        });
      });
    });
  });

  test('R-050, R-127: what is recorded without publishing leaves every public byte as it was', async () => {
    await expectUnchanged(async () => {
      const input = {
        category: 'dns',
        internalTitle: 'Look-ups crawl',
        impact: 'critical',
        labels: ['rack 7'],
      };
      const { id } = await recordIncident(server.context(), input);
      await classifyIncident(server.context(), id, { priority: 'P0', reason: 'Nobody can order.' });
      await labelIncident(server.context(), incident, { labels: ['zebra'] });
      await setAffectsCustomers(server.context(), incident, { affectsCustomers: false });
      await giveReason(server.context(), id, { reason: 'Opened in error' });
      const { id: secret } = await recordIncident(security(), { ...input, isRestricted: true });
      await postUpdate(security(), secret, { phase: 'investigating', texts: english('Inside') });
      await referIncident(security(), secret, { toWhom: 'Lena' });
      await nameReaders(security(), secret, { readers: [] });
    });
  });

  test('R-057: the roster and handing over leave every public byte as it was', async () => {
    await expectUnchanged(async () => {
      const person = await server.addPerson('csup');
      const [startsAt, endsAt] = ['2026-12-20T00:00:00Z', '2026-12-21T00:00:00Z'];
      await addShift(server.context(), { userId: person.id, startsAt, endsAt });
      await offerHandOver(security(), { toId: person.id, note: 'All quiet' });
    });
  });

  test('what the team decides among itself leaves every public byte as it was', async () => {
    await expectUnchanged(async () => {
      // A P0 or P1 owes a report, and its page says so; nothing else of a priority is public.
      await classifyIncident(server.context(), incident, { priority: 'P2', reason: 'Few can order.' });
      const person = await server.addPerson('csup');
      await changeUser(server.context(), person.id, { name: 'Kim' });
      await server.token(['csup']);
      await server.cookie(person);
      await addGroup(server.context(), { name: 'Night watch' });
      const dns = await server.app.store.read.select().from(server.app.store.tables.categories);
      const id = dns.find(({ slug }) => slug === 'dns')?.id ?? '';
      await changeCategory(server.context(), id, {
        runbookUrl: 'https://runbooks.example/dns',
        ticketLabel: 'names',
        ownerId: person.id,
        closeTargets: { P0: 77 },
      });
    });
  });

  test('a component of a restricted category has no public name: no public update names it', async () => {
    const input = { category: 'api', phase: 'investigating', components: { [secretPart]: 'major_outage' } };
    await expect(
      openIncident(security(), { ...input, texts: english('Orders fail again') }),
    ).rejects.toMatchObject({
      fields: [{ path: `components.${secretPart}`, key: 'unknown_component' }],
    });
  });
});
