/** No page shows a form or a button whose post its reader is refused: each is really sent as each role, and nothing of it is kept. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoBegin } from '../../db/demo.ts';
import { type Role, roles } from '../../db/words.ts';
import { DomainError } from '../../src/domain/core/errors.ts';
import { deskPages, kindOf } from '../support/desk-pages.ts';
import { addDeskStates, loadDemoDesk } from '../support/desk-states.ts';
import { submissionsOf } from '../support/forms.ts';
import { type Insider, insider } from '../support/inside.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { afternoon } from '../support/world.ts';

let server: TestServer;
const people = new Map<Role, Insider>();
/** What is sent while this is on is taken back at the end of its transaction, and answered with 412. */
let isTrying = false;
const wouldBeDone = 412;

beforeAll(async () => {
  server = await startTestServer({ now: demoBegin(afternoon), isFresh: true });
  const { store } = server.app;
  await loadDemoDesk(server);
  for (const role of roles) people.set(role, await insider(server, role));
  await addDeskStates(server, personOf);
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

/** Sends every button of the pages that the role sees, once for each set of forms that stand together. */
async function sendEverything(role: Role): Promise<{ sent: number; taken: number; refused: string[] }> {
  const { cookie } = personOf(role);
  const tried = new Set<string>();
  const refused: string[] = [];
  let taken = 0;
  for await (const { path, status, html, isPage } of deskPages(server, cookie)) {
    if (status >= 400) refused.push(`${status} on ${path}`);
    if (!isPage) continue;
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
        .then(async (answer) => {
          // A connection whose answer nobody reads is not used again.
          await answer.arrayBuffer();
          return answer;
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
