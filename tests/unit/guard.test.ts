import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type Config, parseConfig } from '../../src/config.ts';
import {
  bodyLimitBytes,
  checkMethod,
  checkOrigin,
  clientAddress,
  HttpRefusal,
  isRead,
  readBody,
  readPath,
} from '../../src/http/guard.ts';
import { chooseEncoding } from '../../src/http/published/published.ts';

interface Given {
  method?: string;
  url?: string;
  headers?: Record<string, string>;
  body?: (string | Buffer)[];
  from?: string;
}

/** A request as Node's parser hands it over. */
function request({
  method = 'GET',
  url = '/',
  headers = {},
  body,
  from = '192.0.2.1',
}: Given = {}): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: from });
  const made = new IncomingMessage(socket);
  Object.assign(made, { method, url, headers });
  if (body) {
    for (const chunk of body) made.push(Buffer.from(chunk));
    made.push(null);
  }
  return made;
}

/** The status with which something is refused, or what it gives. */
function outcome<T>(act: () => T): T | number {
  try {
    return act();
  } catch (error) {
    if (error instanceof HttpRefusal) return error.status;
    throw error;
  }
}

describe('the path of a request', () => {
  test.each<[string, string | number]>([
    ['/', '/'],
    ['/history', '/history'],
    ['/history/', '/history'],
    ['/history///', '/history'],
    ['/history?month=1', '/history'],
    ['/history#top', '/history'],
    ['/?a=/../b', '/'],
    ['/incidents/p31zjtct2jer', '/incidents/p31zjtct2jer'],
    ['/api/v2//incidents.json', '/api/v2//incidents.json'],
    ['/%61dmin', '/admin'],
    ['/a%20b', '/a b'],
    ['/caf%C3%A9', '/café'],
    ['/.well-known/security.txt', '/.well-known/security.txt'],
    ['/a..b/...c', '/a..b/...c'],
    ['//evil.example/', 400],
    ['/\\evil.example', 400],
    ['/%5cevil.example', 400],
    ['/a%2fb', 400],
    ['/a%2Fb', 400],
    ['/%2561dmin', 400],
    ['/%25%36%31dmin', 400],
    ['/a%00b', 400],
    ['/..', 400],
    ['/../etc/passwd', 400],
    ['/a/./b', 400],
    ['/a/..', 400],
    ['/%2e%2e/admin', 400],
    ['/a/%2E/b', 400],
    ['/%', 400],
    ['/%zz', 400],
    ['/%e4', 400],
    ['/%c0%ae%c0%ae/', 400],
    ['/ü', 400],
    ['/a b', 400],
    ['', 400],
    ['*', 400],
    ['history', 400],
    ['http://evil.example/', 400],
    ['?a', 400],
  ])('%j is %j', (url, path) => {
    expect(outcome(() => readPath(request({ url })))).toBe(path);
  });
});

describe('methods', () => {
  test.each([
    ['GET', 'read'],
    ['HEAD', 'read'],
    ['POST', 'write'],
    ['PATCH', 'write'],
    ['PUT', 'write'],
    ['DELETE', 'write'],
    ['OPTIONS', 405],
    ['TRACE', 405],
    ['CONNECT', 405],
    ['PROPFIND', 405],
    ['get', 405],
    ['', 405],
  ])('%j is %j', (method, kind) => {
    const made = request({ method });
    expect(outcome(() => checkMethod(made) ?? (isRead(made) ? 'read' : 'write'))).toBe(kind);
  });
});

describe('where a write may come from', () => {
  const set = parseConfig({ PUBLIC_URL: 'https://status.example.com' });
  const guessed = parseConfig({ PORT: '4321' });
  const own = 'https://status.example.com';
  const cookie = 'session=x';
  const table: [string, Config, Given['headers'], boolean][] = [
    ['our own page', set, { origin: own, 'sec-fetch-site': 'same-origin', cookie }, true],
    ['our own page in an old browser', set, { origin: own, cookie }, true],
    ['another site', set, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', cookie }, false],
    ['another site without a cookie', set, { origin: 'https://evil.example' }, false],
    ['our scheme in clear', set, { origin: 'http://status.example.com', cookie }, false],
    ['another port', set, { origin: `${own}:8443`, cookie }, false],
    ['a name that begins like ours', set, { origin: `${own}.evil.example`, cookie }, false],
    [
      'a sister domain',
      set,
      { origin: 'https://www.example.com', 'sec-fetch-site': 'same-site', cookie },
      false,
    ],
    [
      'our origin claimed from elsewhere',
      set,
      { origin: own, 'sec-fetch-site': 'cross-site', cookie },
      false,
    ],
    [
      'a post that the browser marks as same-origin, though a proxy changed its origin and host',
      set,
      { origin: 'http://10.0.0.7:4321', host: '10.0.0.7:4321', 'sec-fetch-site': 'same-origin', cookie },
      true,
    ],
    ['a sandbox', set, { origin: 'null', cookie }, false],
    ['no origin, but same-origin', set, { 'sec-fetch-site': 'same-origin', cookie }, true],
    ['no origin, from the address bar', set, { 'sec-fetch-site': 'none', cookie }, false],
    ['no origin, cross-site', set, { 'sec-fetch-site': 'cross-site', cookie }, false],
    ['no origin, no hint, with a cookie', set, { cookie }, false],
    ['a program without a cookie', set, {}, true],
    ['a program with a token', set, { authorization: 'Bearer klx_x', origin: 'https://evil.example' }, true],
    ['a program with a token in small letters', set, { authorization: 'bearer klx_x' }, true],
    ['another kind of authorization', set, { authorization: 'Basic eA==', cookie }, false],
    [
      'a host that claims to be ours',
      set,
      { origin: 'https://evil.example', host: 'evil.example', cookie },
      false,
    ],
    [
      'this machine, when no PUBLIC_URL is set',
      guessed,
      { origin: 'http://localhost:4321', host: 'localhost:4321', cookie },
      true,
    ],
    [
      'another name of this machine, when none is set',
      guessed,
      { origin: 'http://10.0.0.7:4321', host: '10.0.0.7:4321', cookie },
      true,
    ],
    [
      'another site, when none is set',
      guessed,
      { origin: 'https://evil.example', host: 'localhost:4321', cookie },
      false,
    ],
  ];
  test.each(table)('%s', (_what, config, headers = {}, isAllowed) => {
    for (const method of ['POST', 'PATCH', 'PUT', 'DELETE']) {
      for (const type of ['application/x-www-form-urlencoded', 'application/json', 'text/plain', '']) {
        const made = request({ method, headers: type ? { ...headers, 'content-type': type } : headers });
        expect(outcome(() => checkOrigin(made, config))).toBe(isAllowed ? undefined : 403);
      }
    }
    for (const method of ['GET', 'HEAD'])
      expect(outcome(() => checkOrigin(request({ method, headers }), config))).toBeUndefined();
  });
});

describe('the address of a client', () => {
  const forwarded = '198.51.100.7, 203.0.113.9 ,10.0.0.2';
  test.each([
    [0, undefined, '192.0.2.1'],
    [0, forwarded, '192.0.2.1'],
    [1, undefined, '192.0.2.1'],
    [1, forwarded, '10.0.0.2'],
    [2, forwarded, '203.0.113.9'],
    [3, forwarded, '198.51.100.7'],
    [4, forwarded, '192.0.2.1'],
    [1, ' , ,', '192.0.2.1'],
    [2, 'spoofed', '192.0.2.1'],
  ])('behind %d proxies with %j is %s', (proxies, header, address) => {
    const headers: Record<string, string> = header === undefined ? {} : { 'x-forwarded-for': header };
    expect(clientAddress(request({ headers }), proxies)).toBe(address);
  });

  test.each([
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:192.0.2.7', '192.0.2.7'],
    ['::ffff:c000:207', '192.0.2.7'],
    ['0:0:0:0:0:ffff:192.0.2.7', '192.0.2.7'],
    ['0000:0000:0000:0000:0000:ffff:c000:0207', '192.0.2.7'],
    ['2001:db8::7', '2001:db8::7'],
    ['2001:db8::ffff:192.0.2.7', '2001:db8::ffff:192.0.2.7'],
    ['::1', '::1'],
  ])('with HOST=:: all IPv4 readers share one sign-in limit: %s is %s', (from, address) => {
    expect(clientAddress(request({ from }), 0)).toBe(address);
    expect(clientAddress(request({ headers: { 'x-forwarded-for': from } }), 1)).toBe(address);
  });
});

describe('a body', () => {
  const read = async (given: Given): Promise<string | number> => {
    try {
      return (await readBody(request({ method: 'POST', ...given }))).toString();
    } catch (error) {
      if (error instanceof HttpRefusal) return error.status;
      throw error;
    }
  };
  const full = 'x'.repeat(bodyLimitBytes);
  test.each<[string, Given, string | number]>([
    ['empty', { body: [] }, ''],
    ['in pieces', { body: ['one ', 'two'] }, 'one two'],
    ['in pieces that split a letter', { body: [Buffer.from([0xc3]), Buffer.from([0xa4])] }, 'ä'],
    ['that says it is plain', { headers: { 'content-encoding': 'identity' }, body: ['x'] }, 'x'],
    ['of exactly the limit', { body: [full] }, full],
    ['one byte longer', { body: [full, 'y'] }, 413],
    ['that announces more', { headers: { 'content-length': String(bodyLimitBytes + 1) }, body: ['x'] }, 413],
    ['that is compressed', { headers: { 'content-encoding': 'gzip' }, body: ['x'] }, 415],
    ['that is compressed twice', { headers: { 'content-encoding': 'br, gzip' }, body: ['x'] }, 415],
  ])('%s', async (_what, given, answer) => {
    expect(await read(given)).toBe(answer);
  });

  test('that is cut short is not taken for a whole one', async () => {
    const made = request({ method: 'POST' });
    made.push('half of it');
    const reading = readBody(made);
    setImmediate(() => made.destroy(new Error('aborted')));
    await expect(reading).rejects.toThrow('aborted');
  });
});

describe('the encoding of an answer', () => {
  test.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip,deflate,br', 'br'],
    ['GZIP, BR', 'br'],
    ['gzip;q=1.0, br;q=0.5', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['br; q=0.0, gzip', 'gzip'],
    ['br;q=0.000', 'identity'],
    ['gzip;q=0, br;q=0', 'identity'],
    ['gzip;q=0.001', 'gzip'],
    ['deflate, identity', 'identity'],
    ['*', 'identity'],
    ['identity;q=0', 'identity'],
    ['brotli, x-gzip', 'identity'],
    ['gzip;level=9', 'gzip'],
    [' br ', 'br'],
    [',,;', 'identity'],
  ])('for %j is %s', (accept, encoding) => {
    expect(chooseEncoding(accept)).toBe(encoding);
  });
});
