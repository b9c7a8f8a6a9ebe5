import { once } from 'node:events';
import { get } from 'node:http';
import { connect } from 'node:net';
import { addComponent } from '../../src/domain/catalogue/components/add-component.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import type { Figure } from './figure.ts';

const categories = ['website-portal', 'sign-in-accounts', 'api', 'network-delivery', 'dns', 'data-storage'];

/** The home page with 20 components, 3 active incidents and 90 days of history, as it goes over the wire (G-07). */
export async function benchSize(): Promise<Figure[]> {
  const server = await startTestServer();
  const now = server.clock.now;
  try {
    const figures: Figure[] = [...(await homeSizes(server, 'all working', 5_000))];
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
    figures.push(...(await homeSizes(server, 'three incidents, 20 components, 90 days', 7_000)));
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
    figures.push({
      name: 'requests for styles or scripts before the first render',
      value: [...html.matchAll(/<link[^>]*rel="?stylesheet|<script[^>]*\ssrc=/g)].length,
      limit: 0,
      unit: '',
    });
    return figures;
  } finally {
    await server.stop();
  }
}

/** The home page in both languages: its body, and all that comes over the wire at a first visit. */
async function homeSizes(server: TestServer, what: string, limit: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const path of ['/', '/de']) {
    await server.fetch(path);
    await new Promise((done) => setTimeout(done, 500));
    for (const encoding of ['br', 'gzip'])
      figures.push({
        name: `${path} as ${encoding}, ${what}`,
        value: await wireBytes(server.url + path, encoding),
        limit: encoding === 'br' ? limit : null,
        unit: 'bytes',
      });
    figures.push({
      name: `${path}, first visit with all headers, ${what}`,
      value: await visitBytes(server.url + path),
      limit: 8_500,
      unit: 'bytes',
    });
  }
  return figures;
}

/** Status line, headers and body, as they come over the wire to a browser that takes brotli. */
async function visitBytes(url: string): Promise<number> {
  const { hostname, port, pathname, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  let size = 0;
  socket.on('data', (chunk) => {
    size += chunk.length;
  });
  const asked = [`GET ${pathname} HTTP/1.1`, `host: ${host}`, 'accept-encoding: br', 'connection: close'];
  socket.write(`${asked.join('\r\n')}\r\n\r\n`);
  await once(socket, 'close');
  return size;
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
