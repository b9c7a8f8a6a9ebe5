/** What is open is not archived: as a form and over the API, with the way to what is open. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listCategories } from '../../src/domain/catalogue/categories/list-categories.ts';
import { addComponent } from '../../src/domain/catalogue/components/add-component.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { apiOf } from '../support/api.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

test('archiving what an open incident names is refused with the way to it, as a form and over the API', async () => {
  const context = server.context();
  const { id: component } = await addComponent(context, {
    category: 'dns',
    name: { en: 'Resolvers', de: 'Resolver' },
    type: 'network',
  });
  const { id: other } = await addComponent(context, {
    category: 'payments-partners',
    name: { en: 'Push', de: 'Push' },
    type: 'website',
  });
  // Nothing stands in this category but the incident.
  const { id: incident } = await openIncident(context, {
    category: 'network-delivery',
    phase: 'investigating',
    texts: { en: { title: 'Push fails', body: 'Some messages do not arrive.' } },
    components: { [other]: 'partial_outage' },
  });
  const category = (await listCategories(context)).find(({ slug }) => slug === 'network-delivery')?.id ?? '';
  const person = await server.addPerson('manager', 'admin');
  const cookie = await server.cookie(person);
  const archive = async (noun: 'component' | 'category', id: string) => {
    const many = noun === 'component' ? 'components' : 'categories';
    return server.fetch(`/admin/catalogue/${many}/${id}?_action=${many}.archive`, {
      method: 'POST',
      headers: { cookie, origin: server.publicUrl },
      body: new URLSearchParams({ [noun]: id }),
    });
  };
  for (const [noun, id] of [
    ['component', other],
    ['category', category],
  ] as const) {
    const refused = await archive(noun, id);
    const html = await refused.text();
    expect(refused.status).toBe(409);
    expect(html).toContain('An incident or maintenance that is not over names it. End that first.');
    expect(html).toContain(`href="/admin/incidents/${incident}"`);
  }
  const api = apiOf(server, await server.token(person));
  const answer = await api.send('POST', `/components/${other}/archive`, {});
  expect([answer.status, answer.body.error.details]).toEqual([409, { incident }]);
  expect((await archive('component', component)).status).toBe(303);
});
