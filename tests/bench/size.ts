import { get } from 'node:http';
import { addComponent } from '../../src/domain/components/add-component.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { postUpdate } from '../../src/domain/updates/post-update.ts';
import { startTestServer } from '../support/server.ts';
import type { Figure } from './figure.ts';

const categories = ['website-portal', 'sign-in-accounts', 'api', 'network-delivery', 'dns', 'data-storage'];

/** The home page with 20 components, 3 active incidents and 90 days of history, as it goes over the wire (G-07). */
export async function benchSize(): Promise<Figure[]> {
  const server = await startTestServer();
  const now = server.clock.now;
  try {
    const ids: string[] = [];
    for (let at = 0; at < 20; at += 1) {
      const category = categories[at % categories.length] ?? 'api';
      const name = { en: `Component number ${at}`, de: `Komponente Nummer ${at}` };
      ids.push((await addComponent(server.context(), { category, name, type: 'api' })).id);
    }
    for (let day = 89; day > 0; day -= 3) {
      server.clock.now = new Date(now.getTime() - day * 86_400_000);
      const id = ids[day % ids.length] ?? '';
      const { id: incident } = await openIncident(server.context(), {
        category: categories[day % categories.length],
        phase: 'investigating',
        components: { [id]: day % 2 ? 'partial_outage' : 'degraded_performance' },
        texts: {
          en: {
            title: `Requests fail on day ${day}`,
            body: 'Some requests fail. We are looking for the cause.',
          },
        },
      });
      server.clock.forward(20 + day);
      await postUpdate(server.context(), incident, {
        phase: 'resolved',
        texts: {
          en: {
            body: 'A change of ours had slowed the database down. It is taken back, and all requests work.',
          },
        },
      });
    }
    server.clock.now = now;
    for (const [at, category] of ['api', 'dns', 'data-storage'].entries()) {
      await openIncident(server.context(), {
        category,
        occasion: 'investigating',
        slots: {
          effect: { en: 'Requests of all kinds fail', de: 'Anfragen aller Art schlagen fehl' },
          scope: 'unknown',
        },
        components: { [ids[at] ?? '']: 'partial_outage' },
      });
    }
    await new Promise((done) => setTimeout(done, 300));
    const figures: Figure[] = [];
    for (const path of ['/', '/de']) {
      for (const encoding of ['br', 'gzip']) {
        await server.fetch(path);
        await new Promise((done) => setTimeout(done, 300));
        const value = await wireBytes(server.url + path, encoding);
        figures.push({ name: `${path} as ${encoding}`, value, limit: 10_000, unit: 'bytes' });
      }
    }
    const html = await (await server.fetch('/')).text();
    const scripts = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)]
      .map((match) => match[1] ?? '')
      .join('');
    figures.push({
      name: 'script on the home page, uncompressed',
      value: Buffer.byteLength(scripts),
      limit: 3_072,
      unit: 'bytes',
    });
    return figures;
  } finally {
    await server.stop();
  }
}

/** Body bytes as sent: `fetch` would decompress them. */
export async function wireBytes(url: string, encoding: string): Promise<number> {
  return new Promise((done, fail) => {
    get(url, { headers: { 'accept-encoding': encoding } }, (response) => {
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
      });
      response.on('end', () => done(size));
    }).on('error', fail);
  });
}
