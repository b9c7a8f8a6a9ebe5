/** No page shows a form or a button whose post its reader is refused: each is really sent as each role, and nothing of it is kept. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoBegin, loadDemo } from '../../db/demo.ts';
import { type Role, roles } from '../../db/words.ts';
import { addCategory } from '../../src/domain/catalogue/categories/add-category.ts';
import { archiveCategory } from '../../src/domain/catalogue/categories/archive-category.ts';
import { addComponent } from '../../src/domain/catalogue/components/add-component.ts';
import { archiveComponent } from '../../src/domain/catalogue/components/archive-component.ts';
import { addGroup } from '../../src/domain/catalogue/groups/add-group.ts';
import { archiveGroup } from '../../src/domain/catalogue/groups/archive-group.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { DomainError } from '../../src/domain/core/errors.ts';
import { saveDraft } from '../../src/domain/incidents/drafts/save-draft.ts';
import { offerHandOver } from '../../src/domain/incidents/hand-overs/offer-hand-over.ts';
import { giveReason } from '../../src/domain/incidents/not-public/give-reason.ts';
import { recordIncident } from '../../src/domain/incidents/not-public/record-incident.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { nameReaders } from '../../src/domain/incidents/restricted/name-readers.ts';
import { referIncident } from '../../src/domain/incidents/restricted/refer-incident.ts';
import { releaseIncident } from '../../src/domain/incidents/restricted/release-incident.ts';
import { addShift } from '../../src/domain/people/roster/add-shift.ts';
import { addToken } from '../../src/domain/people/tokens/add-token.ts';
import { projectRoot } from '../../src/open-application.ts';
import { submissionsOf } from '../support/forms.ts';
import { inPlaceOfCsup } from '../support/incidents.ts';
import { actingAs, type Insider, insider } from '../support/inside.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { afternoon, minutesLater } from '../support/world.ts';

let server: TestServer;
const people = new Map<Role, Insider>();
/** What is sent while this is on is taken back at the end of its transaction, and answered with 412. */
let isTrying = false;
const wouldBeDone = 412;

beforeAll(async () => {
  server = await startTestServer({ now: demoBegin(afternoon), isFresh: true });
  const { store, safeHtml } = server.app;
  await loadDemo({ store, renderTexts: safeHtml.render, now: afternoon }, projectRoot);
  server.clock.now = afternoon;
  for (const role of roles) people.set(role, await insider(server, role));
  await addStates();
  const transaction = store.transaction.bind(store);
  store.transaction = (work) =>
    transaction(async (tx) => {
      const done = await work(tx);
      if (isTrying) throw new DomainError('precondition_failed', 'busy');
      return done;
    });
}, 60_000);
afterAll(() => server?.stop());

const personOf = (role: Role): Insider => {
  const person = people.get(role);
  if (!person) throw new Error(`Nobody has the role ${role}.`);
  return person;
};

/** What the demo does not have: things held, hidden, released, kept inside, archived and referred. */
async function addStates(): Promise<void> {
  const as = (role: Role): Context => actingAs(server, personOf(role));
  const words = (title: string) => ({
    en: { title, body: 'We look for the cause, and tell you more soon.' },
  });
  const first = (category: string, title: string) => ({
    category,
    phase: 'investigating',
    texts: words(title),
    ...inPlaceOfCsup,
  });
  await openIncident(as('csup'), { ...first('dns', 'Held for a moment'), holdSeconds: 60 });
  await openIncident(as('security'), first('security', 'Hidden from most'));
  const named = await openIncident(as('security'), first('security', 'Hidden, with people named'));
  await referIncident(as('security'), named.id, { toWhom: 'Security on call' });
  const readers = [personOf('csup').id, personOf('manager').id];
  await nameReaders(as('security'), named.id, { readers });
  const released = await openIncident(as('security'), first('security', 'Hidden once, released'));
  await referIncident(as('security'), released.id, { toWhom: 'Security on call' });
  const { version } = await readIncident(as('security'), released.id);
  await releaseIncident(as('security'), released.id, { version, ...inPlaceOfCsup });
  const logged = { category: 'dns', internalTitle: 'Only the team knows' };
  await recordIncident(as('engineer'), logged);
  const { id: kept } = await recordIncident(as('csup'), { ...logged, internalTitle: 'Kept inside' });
  await giveReason(as('csup'), kept, { reason: 'Opened in error' });
  const both = (name: string) => ({ en: name, de: name });
  const { id: category } = await addCategory(as('manager'), { name: both('Former') });
  const { id: component } = await addComponent(as('manager'), {
    category,
    name: both('Formerly'),
    type: 'api',
  });
  await archiveComponent(as('manager'), component);
  await archiveCategory(as('manager'), category);
  const { id: group } = await addGroup(as('manager'), { name: 'Former team' });
  await archiveGroup(as('manager'), group);
  const other = await server.addPerson('csup');
  const at = (minutes: number): string => minutesLater(as('csup'), minutes).now.toISOString();
  await addShift(as('manager'), { userId: other.id, startsAt: at(-60), endsAt: at(60) });
  await addShift(as('manager'), { userId: personOf('csup').id, startsAt: at(60), endsAt: at(120) });
  await offerHandOver(actingAs(server, other), { toId: personOf('csup').id });
  const draft = { occasion: 'investigating', values: { 'slots.scope': ['unknown'] } };
  await saveDraft(as('csup'), 'category:dns', draft).catch(() => undefined);
  for (const role of roles)
    await addToken(as(role), { name: 'Own', roles: [role], userId: personOf(role).id });
}

/** Pages of one kind differ by an id or what a query asks. */
const kindOf = (path: string): string =>
  path
    .replace(/=[^&]*/g, '=')
    .replace(/\/[0-9a-z]{12}(?=\/|\?|$)/g, '/*')
    .replace(/templates\/[^/?]+/, 'templates/*');
/** What can be in many states is looked at often. */
const pagesOf = (kind: string): number => {
  if (/^\/admin\/(incidents|reports)\/\*$/.test(kind)) return 8;
  return kind.startsWith('/admin/compose?incident=') ? 4 : 2;
};

const linksOf = (html: string, at: string): string[] =>
  [...html.matchAll(/<a [^>]*?href="([^"]*)"/g)].flatMap(([, href = '']) => {
    const url = new URL(href.replaceAll('&amp;', '&').replaceAll('&#38;', '&'), `${server.publicUrl}${at}`);
    const isInside = url.origin === server.publicUrl && url.pathname.startsWith('/admin');
    return isInside ? [url.pathname + url.search] : [];
  });

/** Sends every button of the pages that the role sees, once for each set of forms that stand together. */
async function sendEverything(role: Role): Promise<{ sent: number; taken: number; refused: string[] }> {
  const { cookie } = personOf(role);
  const queue = ['/admin'];
  const known = new Set(queue);
  const kinds = new Map<string, number>();
  const tried = new Set<string>();
  const refused: string[] = [];
  let taken = 0;
  for (let path = queue.shift(); path; path = queue.shift()) {
    const answer = await server.fetch(path, { headers: { cookie } });
    const html = await answer.text();
    if (answer.status >= 400) refused.push(`${answer.status} on ${path}`);
    if (!answer.headers.get('content-type')?.startsWith('text/html')) continue;
    for (const next of linksOf(html, path)) {
      const count = kinds.get(kindOf(next)) ?? 0;
      if (known.has(next) || count >= pagesOf(kindOf(next))) continue;
      known.add(next);
      kinds.set(kindOf(next), count + 1);
      queue.push(next);
    }
    const submissions = submissionsOf(html, path, server.clock.now);
    const state = [...new Set(submissions.map(({ action, button }) => `${action} ${button}`))].sort().join();
    for (const { to, action, button, fields } of submissions) {
      const key = `${kindOf(path)} ${state} ${action} ${button}`;
      if (tried.has(key)) continue;
      tried.add(key);
      isTrying = true;
      const { status } = await server
        .fetch(to, {
          method: 'POST',
          headers: { cookie, origin: server.publicUrl },
          body: new URLSearchParams(fields),
        })
        .finally(() => {
          isTrying = false;
        });
      if (status === wouldBeDone) taken += 1;
      else if (status !== 422) refused.push(`${status} ${action} “${button}” on ${path}`);
    }
  }
  return { sent: tried.size, taken, refused };
}

test.each(roles)(
  'no form is shown to %s whose post is refused',
  async (role) => {
    const { sent, taken, refused } = await sendEverything(role);
    expect(refused).toEqual([]);
    expect(sent).toBeGreaterThan(30);
    // The rest lacks words that somebody would type; whether the reader may was asked before.
    expect(taken / sent).toBeGreaterThan(0.6);
  },
  60_000,
);
