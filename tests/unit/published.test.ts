/** The published bytes with a render function under control: what is kept, for how long, and what a stale one may never do. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { inject } from 'light-my-request';
import { pino } from 'pino';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Tag, tagAt } from '../../db/store.ts';
import { PublishedBytes, type Rendered, type Site } from '../../src/http/published/published.ts';
import { publicPaths } from '../../src/paths.ts';

const start = new Date('2026-11-20T02:12:00.500Z');

interface Page {
  text: string;
  status?: number;
  tags?: Tag[];
  validUntil?: Date | null;
  lastModified?: Date | null;
}

/** Addresses below this one are not there. */
const nowhere = /^(\/de)?\/nowhere\//;

const rendered = ({
  text,
  status = 200,
  tags = ['incidents'],
  validUntil = null,
  lastModified = null,
}: Page): Rendered => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: Buffer.from(text),
  publication: status < 500 ? { tags, validUntil, lastModified } : null,
});

const movedTo = (location: string): Pick<Rendered, 'status' | 'headers'> => ({
  status: 301,
  headers: { location },
});

/** Published bytes over `page`, which tests change; `renders` lists what was rendered. */
function publishing(page: Page, memoryLimit = 1_000_000) {
  const state = {
    page,
    renders: [] as string[],
    questions: [] as string[],
    isThere: false,
    /** Where things that are not there are now. */
    movedTo: null as string | null,
    /** Whether questions wait at the gate as renders do. */
    isAsking: false,
    now: start,
    gate: Promise.resolve(),
  };
  const render = async (path: string): Promise<Rendered> => {
    state.renders.push(path);
    const seen = state.page;
    await state.gate;
    if (seen.text === 'throw') throw new Error('The database is gone.');
    const isGone = path.endsWith('/404') || (nowhere.test(path) && !state.isThere);
    return rendered(isGone ? { ...seen, status: 404 } : seen);
  };
  const site: Site = {
    isThere: async (path) => {
      state.questions.push(path);
      if (state.isAsking) await state.gate;
      if (!nowhere.test(path) || state.isThere) return true;
      return state.movedTo !== null && { ...rendered({ text: '', status: 500 }), ...movedTo(state.movedTo) };
    },
    render,
    missingPage: publicPaths.missing,
    missing: (path) => (path.startsWith('/nowhere/api') ? rendered({ text: '{}', status: 404 }) : null),
  };
  const published = new PublishedBytes(site, pino({ level: 'silent' }), () => state.now, { memoryLimit });
  const get = (path = '/', headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
    inject((request, response) => void published.serve(path, request as never, response as never), {
      method,
      url: '/',
      headers,
    });
  return { state, published, get };
}

/** Holds every render that begins from now on until it is opened. */
function hold(state: { gate: Promise<void> }): () => void {
  let open: () => void = () => undefined;
  state.gate = new Promise((done) => {
    open = done;
  });
  return open;
}

/** Turns go on by themselves. */
const faked: Parameters<typeof vi.useFakeTimers>[0] = {
  toFake: ['setTimeout', 'clearTimeout', 'performance'],
};

afterEach(() => {
  vi.useRealTimers();
});

const long = (word: string): string => `<p>${word}</p>`.repeat(100);

describe('one render', () => {
  test('2,000 visitors right after a publication cause one render', async () => {
    const { state, published, get } = publishing({ text: 'before' });
    await get();
    published.drop(new Set(['incidents']));
    state.page = { text: 'after' };
    const open = hold(state);
    const all = Array.from({ length: 2_000 }, () => get());
    open();
    const texts = new Set((await Promise.all(all)).map((answer) => answer.payload));
    expect([...texts]).toEqual(['after']);
    expect(state.renders).toHaveLength(2);
  });

  test('a fresh page is not rendered again', async () => {
    const { state, get } = publishing({ text: 'once' });
    for (let round = 0; round < 5; round += 1) expect((await get()).payload).toBe('once');
    expect(state.renders).toHaveLength(1);
  });

  test('a change makes only that stale which shows it; “all” and missed changes make everything stale', async () => {
    const { state, published, get } = publishing({ text: 'page', tags: ['category:a', 'settings'] });
    await get();
    const rendersAfter = async (tags: Set<string> | null): Promise<number> => {
      state.renders = [];
      published.drop(tags);
      await get();
      return state.renders.length;
    };
    expect(await rendersAfter(new Set(['category:b', 'outbox']))).toBe(0);
    expect(await rendersAfter(new Set(['outbox', 'category:a']))).toBe(1);
    expect(await rendersAfter(new Set(['all']))).toBe(1);
    expect(await rendersAfter(null)).toBe(1);
  });
});

describe('a render that began before a commit', () => {
  test('is neither answered nor kept', async () => {
    const { state, published, get } = publishing({ text: 'before' });
    const open = hold(state);
    const early = get();
    await vi.waitFor(() => expect(state.renders).toHaveLength(1));
    state.page = { text: 'after' };
    published.drop(new Set(['incidents']));
    open();
    expect((await early).payload).toBe('after');
    expect((await get()).payload).toBe('after');
    expect(state.renders).toHaveLength(2);
  });

  test('is not waited for by those who come after the commit', async () => {
    const { state, published, get } = publishing({ text: 'before' });
    const open = hold(state);
    const early = get();
    await vi.waitFor(() => expect(state.renders).toHaveLength(1));
    state.page = { text: 'after' };
    published.drop(new Set(['incidents']));
    state.gate = Promise.resolve();
    expect((await get()).payload).toBe('after');
    open();
    expect((await early).payload).toBe('after');
    expect((await get()).payload).toBe('after');
  });

  test('is not kept either while one change follows the other', async () => {
    const { state, published, get } = publishing({ text: 'never the same' });
    const drop = setInterval(() => published.drop(new Set(['incidents'])), 1);
    state.gate = new Promise((done) => setTimeout(done, 20));
    await get();
    clearInterval(drop);
    state.page = { text: 'at rest' };
    published.drop(new Set(['incidents']));
    expect((await get()).payload).toBe('at rest');
  });
});

describe('time', () => {
  test('a page whose time has come is rendered anew without any change', async () => {
    const { state, get } = publishing({ text: 'promised', validUntil: new Date(start.getTime() + 60_000) });
    await get();
    state.page = { text: 'overdue' };
    state.now = new Date(start.getTime() + 59_999);
    expect((await get()).payload).toBe('promised');
    state.now = new Date(start.getTime() + 60_000);
    expect((await get()).payload).toBe('overdue');
  });
});

describe('a render that fails', () => {
  test.each([
    ['throws', { text: 'throw' }],
    ['answers 500', { text: 'sorry', status: 500 }],
  ])('and %s leaves the old bytes', async (_how, broken) => {
    const { state, published, get } = publishing({ text: 'good' });
    await get();
    state.page = broken;
    published.drop(null);
    const answer = await get();
    expect([answer.statusCode, answer.payload]).toEqual([200, 'good']);
  });

  test('is tried again after a second, not by every visitor, and at once after a change', async () => {
    vi.useFakeTimers(faked);
    const { state, published, get } = publishing({ text: 'good' });
    await get();
    state.page = { text: 'throw' };
    published.drop(null);
    for (let visitor = 0; visitor < 50; visitor += 1) expect((await get()).payload).toBe('good');
    expect(state.renders).toHaveLength(2);
    state.page = { text: 'new' };
    expect((await get()).payload).toBe('good');
    vi.advanceTimersByTime(1_001);
    expect((await get()).payload).toBe('new');
    state.page = { text: 'throw' };
    published.drop(null);
    await get();
    state.page = { text: 'newest' };
    published.drop(new Set(['incidents']));
    expect((await get()).payload).toBe('newest');
  });

  test('or hangs keeps visitors waiting five seconds at most, and is kept when it comes', async () => {
    vi.useFakeTimers(faked);
    const { state, published, get } = publishing({ text: 'good' });
    await get();
    state.page = { text: 'late' };
    published.drop(null);
    const open = hold(state);
    const waiting = [get(), get()];
    await vi.advanceTimersByTimeAsync(5_001);
    expect((await Promise.all(waiting)).map((answer) => answer.payload)).toEqual(['good', 'good']);
    expect((await get()).payload).toBe('good');
    open();
    await vi.advanceTimersByTimeAsync(1_001);
    expect((await get()).payload).toBe('late');
    expect(state.renders).toHaveLength(2);
  });

  test('without old bytes is told', async () => {
    const { get } = publishing({ text: 'sorry', status: 500 });
    expect((await get()).statusCode).toBe(500);
  });

  test('never brings back a page that was gone before', async () => {
    const { state, published, get } = publishing({ text: 'secret' });
    await get();
    state.page = { text: 'nothing here', status: 404 };
    published.drop(null);
    expect((await get()).statusCode).toBe(404);
    state.page = { text: 'sorry', status: 500 };
    const answer = await get();
    expect([answer.statusCode, answer.payload]).toEqual([500, 'sorry']);
  });
});

describe('what is not there', () => {
  test('costs one render, however many unknown addresses are asked for', async () => {
    const { state, published, get } = publishing({ text: 'nothing here' });
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, at) => get(`/nowhere/${at}`, {}, at % 2 ? 'HEAD' : 'GET')),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([404]));
    expect([state.renders, published.stored.paths]).toEqual([['/404'], 1]);
    await get('/de/nowhere/x');
    await get('/nowhere/api/x');
    expect(state.renders).toEqual(['/404', '/de/404']);
  });

  test('tells the present: a change of the present renews what it says', async () => {
    const { state, published, get } = publishing({ text: 'all works' });
    expect((await get('/nowhere/x')).payload).toBe('all works');
    state.page = { text: 'something fails' };
    published.drop(new Set(['incidents']));
    expect((await get('/nowhere/x')).payload).toBe('something fails');
    state.page = { text: 'later' };
    expect((await get('/nowhere/y')).payload).toBe('something fails');
  });

  test('is there at once when it becomes public, also for who asked before, and gone at once when it is taken away', async () => {
    const { state, published, get } = publishing({ text: 'words' });
    const open = hold(state);
    const early = get('/nowhere/x');
    await vi.waitFor(() => expect(state.renders).toHaveLength(1));
    state.isThere = true;
    published.drop(new Set(['incidents']));
    open();
    expect((await early).statusCode).toBe(200);
    expect((await get('/nowhere/x')).statusCode).toBe(200);
    state.isThere = false;
    published.drop(new Set(['incidents']));
    expect((await get('/nowhere/x')).statusCode).toBe(404);
    state.page = { text: 'throw' };
    expect((await get('/nowhere/x')).statusCode).toBe(404);
  });

  test('leads to where it is now without a render, and what was kept of it is never served again', async () => {
    const { state, published, get } = publishing({ text: 'words' });
    state.isThere = true;
    expect((await get('/nowhere/old')).payload).toBe('words');
    Object.assign(state, { isThere: false, movedTo: '/somewhere' });
    published.drop(new Set(['incidents']));
    const first = await get('/nowhere/old');
    expect([first.statusCode, first.headers.location]).toEqual([301, '/somewhere']);
    expect(published.stored.paths).toBe(0);
    const { length } = state.renders;
    for (const tag of [null, '*']) {
      const headers: Record<string, string> = tag ? { 'if-none-match': tag } : {};
      const again = await get('/nowhere/old', headers);
      expect([again.statusCode, again.headers.location]).toEqual([301, '/somewhere']);
    }
    expect(state.renders).toHaveLength(length);
    state.page = { text: 'throw' };
    expect((await get('/nowhere/old')).statusCode).toBe(301);
    state.movedTo = null;
    published.drop(null);
    state.page = { text: 'nothing here' };
    expect((await get('/nowhere/old')).statusCode).toBe(404);
  });

  test('has no validators: a 404 is never a 304', async () => {
    const { get } = publishing({ text: 'nothing here' });
    for (const tag of ['*', '"x"']) {
      const { statusCode, headers } = await get('/nowhere/x', { 'if-none-match': tag });
      expect([statusCode, headers.etag]).toEqual([404, undefined]);
    }
  });

  test('is not asked for again while the page is fresh', async () => {
    const { state, get } = publishing({ text: 'here' });
    for (let round = 0; round < 3; round += 1) await get('/somewhere');
    expect(state.questions).toEqual(['/somewhere']);
  });
});

describe('many cold pages at once', () => {
  test('two renders run at a time, and what everybody reads goes first', async () => {
    const { state, published, get } = publishing({ text: 'page' });
    await get('/known');
    published.drop(null);
    state.renders = [];
    const open = hold(state);
    const cold = Array.from({ length: 64 }, (_, at) => get(`/${at}`));
    await vi.waitFor(() => expect(state.renders).toHaveLength(2));
    const known = get('/known');
    await new Promise((done) => setTimeout(done, 20));
    expect(state.renders).toEqual(['/0', '/1']);
    open();
    await known;
    expect(state.renders.indexOf('/known')).toBe(2);
    await Promise.all(cold);
    expect(state.renders).toHaveLength(65);
  });
});

describe('64 connections on unknown addresses', () => {
  test('do not keep the home page waiting: two questions at a time, and what is kept goes out between', async () => {
    const { state, get } = publishing({ text: 'home' });
    await get('/');
    const open = hold(state);
    state.isAsking = true;
    const unknown = Array.from({ length: 64 }, (_, at) => get(`/nowhere/${at}`));
    await vi.waitFor(() => expect(state.questions).toEqual(['/', '/nowhere/0', '/nowhere/1']));
    expect((await get('/')).payload).toBe('home');
    open();
    expect(new Set((await Promise.all(unknown)).map(({ statusCode }) => statusCode))).toEqual(new Set([404]));
  });
});

describe('memory', () => {
  test('what is not there is not kept, however many ask for it', async () => {
    const { published, get } = publishing({ text: 'nothing here', status: 404 });
    for (let at = 0; at < 100; at += 1) await get(`/incidents/${at}`, {}, at % 2 ? 'HEAD' : 'GET');
    expect(published.stored).toEqual({ paths: 0, bytes: 0 });
  });

  test('the least recently used pages go first', async () => {
    const page = { text: 'x'.repeat(100) };
    const { state, published, get } = publishing(page, 30_000);
    for (let at = 0; at < 10; at += 1) await get(`/${at}`);
    for (let at = 10; at < 40; at += 1) {
      await get('/0');
      await get(`/${at}`);
    }
    expect(published.stored.bytes).toBeLessThanOrEqual(30_000);
    expect(published.stored.paths).toBeGreaterThan(8);
    expect(published.stored.paths).toBeLessThan(12);
    expect(state.renders.filter((path) => path === '/0')).toHaveLength(1);
    expect(state.renders).toHaveLength(40);
  });

  test('headers and what surrounds an entry count, not its body alone', async () => {
    const { published, get } = publishing({ text: 'x' });
    for (let at = 0; at < 100; at += 1) await get(`/${at}`);
    expect(published.stored.bytes).toBeGreaterThan(100 * 2_500);
  });

  test('an archive page is kept in the encoding that was asked for, not in three', async () => {
    const { published, get } = publishing({ text: long('word') });
    const sizeAfter = async (encoding: string): Promise<number> => {
      await get('/old', { 'accept-encoding': encoding });
      return published.stored.bytes;
    };
    const sizes = [await sizeAfter('gzip'), await sizeAfter('br'), await sizeAfter('identity')];
    expect((sizes[0] ?? 0) + 600).toBeLessThan(sizes[1] ?? 0);
    expect((sizes[1] ?? 0) + 600 + long('word').length).toBeLessThanOrEqual(sizes[2] ?? 0);
    published.drop(null);
    expect(await sizeAfter('gzip')).toBe(sizes[0]);
  });

  test('what is asked for once gets no best compression, what is asked for again does', async () => {
    const { get } = publishing({ text: long('word') });
    const tag = async () => (await get('/old', { 'accept-encoding': 'br' })).headers.etag;
    const first = await tag();
    await new Promise((done) => setTimeout(done, 250));
    expect(await tag()).toBe(first);
    await vi.waitFor(async () => expect(await tag()).not.toBe(first));
  });
});

describe('validators', () => {
  const bodies = { br: brotliDecompressSync, gzip: gunzipSync, identity: (bytes: Buffer) => bytes };

  test('every encoding has its own strong tag, its length and Vary, and each tag is known whatever is asked', async () => {
    const { get } = publishing({ text: long('word') });
    const tags: string[] = [];
    for (const [encoding, unpack] of Object.entries(bodies)) {
      const answer = await get('/', { 'accept-encoding': encoding });
      expect(unpack(answer.rawPayload).toString()).toBe(long('word'));
      expect(answer.headers).toMatchObject({
        vary: 'accept-encoding',
        'content-length': String(answer.rawPayload.length),
      });
      expect(answer.headers['content-encoding']).toBe(encoding === 'identity' ? undefined : encoding);
      expect(answer.headers.etag).toMatch(/^"[\w-]+"$/);
      tags.push(String(answer.headers.etag));
    }
    expect(new Set(tags).size).toBe(3);
    for (const tag of tags.flatMap((own) => [own, `W/${own}`, `"other", ${own}`, `${own} , W/"x"`, '*'])) {
      for (const encoding of Object.keys(bodies)) {
        const answer = await get('/', { 'if-none-match': tag, 'accept-encoding': encoding });
        expect([answer.statusCode, answer.payload], `${tag} ${encoding}`).toEqual([304, '']);
        expect(answer.headers).toMatchObject({ vary: 'accept-encoding', etag: expect.any(String) });
        expect(answer.headers).not.toHaveProperty('content-encoding');
      }
    }
    for (const tag of ['"other"', 'W/"other"', '', tags[0]?.slice(1) ?? ''])
      expect((await get('/', { 'if-none-match': tag })).statusCode).toBe(200);
  });

  test('the tag changes with the content alone', async () => {
    const { state, published, get } = publishing({ text: long('a') });
    const tagAfter = async (text: string): Promise<unknown> => {
      state.page = { text };
      published.drop(null);
      return (await get()).headers.etag;
    };
    const first = await tagAfter(long('a'));
    expect(await tagAfter(long('b'))).not.toBe(first);
    expect(await tagAfter(long('a'))).toBe(first);
  });

  test('HEAD has the headers of GET and no body', async () => {
    const { get } = publishing({ text: long('word') });
    const [whole, head] = [
      await get('/', { 'accept-encoding': 'gzip' }),
      await get('/', { 'accept-encoding': 'gzip' }, 'HEAD'),
    ];
    const { date: _one, ...wanted } = whole.headers;
    const { date: _other, ...found } = head.headers;
    expect(found).toEqual(wanted);
    expect(head.rawPayload).toHaveLength(0);
  });

  test('a reader that asks by date misses nothing, not even two changes in one second', async () => {
    const { state, published, get } = publishing({ text: 'one', lastModified: start });
    const date = String((await get()).headers['last-modified']);
    expect(date).toBe('Fri, 20 Nov 2026 02:12:00 GMT');
    const since = async (header: string) => (await get('/', { 'if-modified-since': header })).statusCode;
    expect([
      await since(date),
      await since('Fri, 20 Nov 2026 02:11:59 GMT'),
      await since('yesterday'),
    ]).toEqual([304, 200, 200]);
    expect((await get('/', { 'if-modified-since': date, 'if-none-match': '"other"' })).statusCode).toBe(200);

    state.page = { text: 'two', lastModified: new Date(start.getTime() + 300) };
    published.drop(null);
    expect(await since(date)).toBe(200);
    expect((await get()).headers).not.toHaveProperty('last-modified');
    state.now = new Date(start.getTime() + 1_000);
    expect((await get()).headers['last-modified']).toBe('Fri, 20 Nov 2026 02:12:01 GMT');
    expect([await since(date), await since('Fri, 20 Nov 2026 02:12:01 GMT')]).toEqual([200, 304]);

    state.page = { text: 'three, of an old incident that was released', lastModified: start };
    state.now = new Date(start.getTime() + 90_000);
    published.drop(null);
    expect(await since(date)).toBe(200);
    expect((await get()).headers['last-modified']).toBe('Fri, 20 Nov 2026 02:13:30 GMT');
  });
});

describe('what is held until an instant', () => {
  const inMinutes = (minutes: number): Date => new Date(start.getTime() + minutes * 60_000);

  test('leaves the bytes as they are until then, and not a moment longer', async () => {
    const { state, published, get } = publishing({ text: 'before' });
    await get();
    published.drop(new Set([tagAt('incidents', inMinutes(1)), tagAt('history', inMinutes(1))]));
    state.page = { text: 'after' };
    state.now = new Date(inMinutes(1).getTime() - 1);
    expect((await get()).body).toBe('before');
    state.now = inMinutes(1);
    expect((await get()).body).toBe('after');
    expect(state.renders).toEqual(['/', '/']);
  });

  test('leaves alone what does not show it, and never lengthens a life', async () => {
    const { state, published, get } = publishing({ text: 'one', validUntil: inMinutes(2) });
    await get();
    published.drop(new Set([tagAt('reports', inMinutes(1)), tagAt('incidents', inMinutes(9))]));
    state.now = inMinutes(1);
    await get();
    expect(state.renders).toHaveLength(1);
    state.now = inMinutes(2);
    await get();
    expect(state.renders).toHaveLength(2);
  });
});
