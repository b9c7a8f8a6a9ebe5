/** The command line's contract: the result alone on stdout, talk on stderr, exit 0, 1 or 2. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openStore } from '../../db/client.ts';
import type { Store } from '../../db/store.ts';
import { languages, occasions } from '../../db/words.ts';
import { runCommand } from '../../src/cli.ts';
import { signIn } from '../../src/domain/people/sessions/sign-in.ts';
import { type Ran, type Running, klartext as run, startKlartext } from '../support/command.ts';
import { asOperator } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'klartext-cli-'));
let file: string;
let env: Record<'DATABASE_URL' | 'DATA_DIR' | 'PORT', string>;

/** Each group has a database of its own, which its first command makes. */
const ownDatabase = (name: string): void =>
  beforeAll(() => {
    file = join(folder, name, 'cli.db');
    env = { DATABASE_URL: `file:${file}`, DATA_DIR: join(folder, name), PORT: '0' };
  });

/** As a process of its own: slow, so only where the process matters. */
const klartext = (words: string, stdin = ''): Promise<Ran> => run(words.split(' '), env, stdin);

/** In this process; for commands that read no standard input. */
async function inside(words: string, environment: Record<string, string> = env): Promise<Ran> {
  const said = { out: '', err: '' };
  const take = (to: 'out' | 'err') => (text: string | Uint8Array) => {
    said[to] += text;
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(take('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(take('err')),
  ];
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  try {
    const [command = '', ...rest] = words.split(' ');
    return { code: await runCommand(command, rest), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}

const fixture = (name: string): string => join('tests/fixtures/statuspage', name);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(env.DATABASE_URL);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const tryToSignIn = (email: string, password: string): Promise<string> =>
  withStore(async (store) => (await signIn(asOperator(store, new Date()), { email, password })).token);

describe('words', () => {
  ownDatabase('words');

  test('help lists the commands on stdout', async () => {
    const { code, out, err } = await klartext('help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const command of ['user add <email>', 'token revoke <id>', 'import statuspage', 'verify', 'demo'])
      expect(out).toContain(command);
    for (const later of ['\n  export', 'backup', 'restore', 'cstate']) expect(out).not.toContain(later);
  });

  test('a command that does not exist is misuse, and says which there are', async () => {
    expect((await klartext('bakup')).code).toBe(2);
    for (const words of ['bakup', 'user', 'user remove x', 'constructor', 'toString x']) {
      const { code, out, err } = await inside(words);
      expect({ code, out }, words).toEqual({ code: 2, out: '' });
      expect(err, words).toContain('user add');
    }
  });

  test('words that make no command are misuse, and nothing is done', async () => {
    const misuses = [
      'user add a@b.example',
      'user add --role admin',
      'user add a@b.example c@d.example --role admin',
      'user add a@b.example --role admin --language xx',
      'user list --jsn',
      'user list all',
      'token add a@b.example',
      'import statuspage',
      'import statuspage - -',
      'verify now',
    ];
    for (const words of misuses) {
      const { code, out, err } = await inside(words);
      expect({ code, out }, words).toEqual({ code: 2, out: '' });
      expect(err, words).toContain('Usage: klartext');
    }
    expect(existsSync(file)).toBe(false);
  });
});

// A story: two people, from their first password to their tokens.
describe('users and tokens', { shuffle: false }, () => {
  ownDatabase('users');

  test('“user add” prints the random password and nothing else, and it works', async () => {
    const { code, out } = await klartext(
      'user add Admin@Cli.example --role admin --role manager --name Ada --language de',
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^[0-9a-z]{12}-[0-9a-z]{12}\n$/);
    expect(await tryToSignIn('admin@cli.example', out.trim())).toHaveLength(43);
  });

  test('“user add” takes a password from standard input and prints nothing', async () => {
    const given = await klartext('user add csup@cli.example --role csup', 'jelly lantern orbit 9\r\n');
    expect(given).toMatchObject({ code: 0, out: '' });
    expect(await tryToSignIn('csup@cli.example', 'jelly lantern orbit 9')).toHaveLength(43);
  });

  test('what the domain refuses is exit 1 with the field on stderr', async () => {
    const weak = await klartext('user add weak@cli.example --role csup --role boss', 'password1234\n');
    expect(weak).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^roles\.1: Choose one of: csup, sre/m),
    });
    const easy = await klartext('user add weak@cli.example --role csup', 'password1234\n');
    expect(easy).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^password: .*too easy to guess/m),
    });
    const refusals: [string, RegExp][] = [
      ['token add nobody@cli.example --name x', /Nobody has the e-mail address nobody@cli\.example/],
      ['user disable admin@cli.example', /last administrator/],
      ['token revoke 000000000000', /There is nothing at this address/],
    ];
    for (const [words, sentence] of refusals) {
      const { code, out, err } = await inside(words);
      expect({ code, out }, words).toEqual({ code: 1, out: '' });
      expect(err).toMatch(sentence);
      expect(err).not.toContain('    at ');
    }
  });

  test('“user password” replaces the password and ends the sessions', async () => {
    await tryToSignIn('csup@cli.example', 'jelly lantern orbit 9');
    const random = await klartext('user password CSUP@cli.example');
    expect(random).toMatchObject({ code: 0, out: expect.stringMatching(/^[0-9a-z-]{25}\n$/) });
    await expect(tryToSignIn('csup@cli.example', 'jelly lantern orbit 9')).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    await tryToSignIn('csup@cli.example', random.out.trim());
    expect(await klartext('user password csup@cli.example', 'quiet marble seventeen\n')).toMatchObject({
      code: 0,
      out: '',
    });
    const open = await withStore((store) => store.read.$count(store.tables.sessions));
    expect(open).toBe(1); // the administrator's of the first test
  });

  test('“user list” is JSON on demand and never holds a hash', async () => {
    const { code, out, err } = await inside('user list --json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject([
      {
        email: 'admin@cli.example',
        name: 'Ada',
        roles: ['manager', 'admin'],
        language: 'de',
        disabledAt: null,
      },
      { email: 'csup@cli.example', name: 'csup', roles: ['csup'] },
    ]);
    expect(out).not.toContain('argon2');
    const lines = (await inside('user list')).out.trimEnd().split('\n');
    expect(lines[1]).toBe('admin@cli.example  Ada   manager,admin  de');
  });

  test('“token add” prints the token alone, once; “token list” and “token revoke” know it by its id', async () => {
    const { code, out, err } = await klartext('token add admin@cli.example --name deploy');
    expect(code).toBe(0);
    expect(out).toMatch(/^klx_[\w-]{43}\n$/);
    const [, id = ''] = /Token (\w{12})/.exec(err) ?? [];
    // As the change of the password below, by a process of its own, so that one clock says which was first.
    const few = await klartext('token add admin@cli.example --name few --role manager');
    expect(few.code).toBe(0);
    expect(await inside('token add csup@cli.example --name many --role admin')).toMatchObject({
      code: 1,
      out: '',
    });

    const listed = await inside('token list --json');
    expect(listed.out).not.toContain('klx_');
    expect(JSON.parse(listed.out)).toMatchObject([
      { id, email: 'admin@cli.example', name: 'deploy', roles: ['manager', 'admin'], lastUsedAt: null },
      { name: 'few', roles: ['manager'] },
    ]);
    const { err: told } = await klartext('user password admin@cli.example', 'quiet marble seventeen\n');
    expect(told).toMatch(/older than it and still work/);
    expect(told).toContain(`${id}  deploy, last used: never`);
    expect((await inside('token list')).out.match(/keep or revoke\?/g)).toHaveLength(2);
    expect(await inside(`token keep ${id}`)).toMatchObject({ code: 0, out: '' });
    expect((await inside('token list')).out.match(/keep or revoke\?/g)).toHaveLength(1);
    expect(await inside(`token revoke ${id}`)).toMatchObject({ code: 0, out: '' });
    expect(JSON.parse((await inside('token list --json')).out)).toHaveLength(1);
  });

  test('“setup-link” is refused once there is an administrator', async () => {
    expect(await inside('setup-link')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('administrator already'),
    });
    const other = {
      DATABASE_URL: `file:${join(folder, 'new.db')}`,
      PUBLIC_URL: 'https://status.cli.example',
    };
    const { code, out } = await inside('setup-link', other);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^https:\/\/status\.cli\.example\/admin\/setup\/[\w-]{43}\n$/),
    });
  });
});

describe('a running server', () => {
  let server: Running;
  let url = '';
  ownDatabase('server');
  beforeAll(async () => {
    await klartext('user add admin@cli.example --role admin');
    await klartext('user add csup@cli.example --role csup', 'quiet marble seventeen\n');
    server = startKlartext(['serve'], env);
    url = (await server.until(/"listening":"([^"]+)"/))[1] ?? '';
  });
  afterAll(() => server?.stop());

  test('shows within a second what the command line wrote', async () => {
    const isThere = async () => (await (await fetch(url)).text()).includes('Outgoing mail is delayed');
    expect(await isThere()).toBe(false);
    expect((await klartext(`import statuspage ${fixture('summary.json')}`)).code).toBe(0);
    const deadline = performance.now() + 1_000;
    while (!(await isThere()) && performance.now() < deadline) await pause(20);
    expect(await isThere()).toBe(true);
  });

  test('lets a disabled user do nothing from the next request on, with session or token', async () => {
    const session = await tryToSignIn('csup@cli.example', 'quiet marble seventeen');
    const token = (await inside('token add csup@cli.example --name phone')).out.trim();
    const desk = async () =>
      (await fetch(`${url}/admin`, { headers: { cookie: `session=${session}` } })).status;
    const api = async () =>
      (await fetch(`${url}/api/v1/incidents`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect([await desk(), await api()]).toEqual([200, 200]);
    expect((await klartext('user disable csup@cli.example')).code).toBe(0);
    expect([await desk(), await api()]).toEqual([401, 401]);
    await expect(tryToSignIn('csup@cli.example', 'quiet marble seventeen')).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    expect((await klartext('user enable csup@cli.example')).code).toBe(0);
    expect([await desk(), await api()]).toEqual([401, 401]);
    await tryToSignIn('csup@cli.example', 'quiet marble seventeen');
  });
});

describe('import statuspage', () => {
  ownDatabase('import');

  test('takes files and standard input, and a second run changes nothing', async () => {
    const first = await inside(
      `import statuspage ${fixture('incidents.json')} ${fixture('maintenance.json')} --json`,
    );
    expect(first.code).toBe(0);
    const result = JSON.parse(first.out);
    expect(result.incidents.added).toBeGreaterThan(0);
    expect(first.err).toContain(' incidents (');
    const again = await klartext(
      'import statuspage - --json',
      readFileSync(fixture('incidents.json'), 'utf8'),
    );
    expect(JSON.parse(again.out)).toMatchObject({
      incidents: { added: 0, changed: 0 },
      updates: 0,
      broken: [],
    });
    const [entry] = await withStore((store) => {
      const { auditEntries: entries } = store.tables;
      return store.read
        .select()
        .from(entries)
        .orderBy(entries.sequence)
        .then((rows) => rows.filter((row) => row.action === 'import.statuspage'));
    });
    expect(entry).toMatchObject({ actorKind: 'import', actorId: null });
  });

  test('names broken lines with source and line, takes the rest, and is exit 1', async () => {
    const { code, out, err } = await inside(`import statuspage ${fixture('incidents.ndjson')}`);
    expect(code).toBe(1);
    expect(out).toMatch(/^Incidents: \d+ added, .* Broken: [1-9]\d*\.\n$/);
    expect(err).toMatch(/^tests\/fixtures\/statuspage\/incidents\.ndjson:\d+: \S/m);
  });

  test('tells what it straightened, with id and title', async () => {
    const source = fixture('contradictory-times.json');
    const { code, out, err } = await inside(`import statuspage ${source}`);
    expect(code).toBe(0);
    expect(out).toMatch(/ Straightened: 2\. Broken: 0\.\n$/);
    expect(err).toContain(
      `${source}:53: 4w9q6t2m8z1c “Eight updates, and the start is the end”: Straightened: Its start was given as`,
    );
  });

  test('refuses what cannot be read before anything is written', async () => {
    const latin1 = join(folder, 'latin1.json');
    writeFileSync(latin1, Buffer.from('{"page":"M\xfcnchen"}', 'latin1'));
    const count = () => withStore((store) => store.read.$count(store.tables.auditEntries));
    const before = await count();
    for (const [source, sentence] of [
      ['missing.json', 'missing.json cannot be read: ENOENT.'],
      [latin1, 'is not UTF-8.'],
      ['http://127.0.0.1:1/summary.json', 'http://127.0.0.1:1/summary.json cannot be read: '],
    ] as const) {
      const { code, out, err } = await inside(`import statuspage ${fixture('summary.json')} ${source}`);
      expect({ code, out }, source).toEqual({ code: 1, out: '' });
      expect(err).toContain(sentence);
    }
    expect(await count()).toBe(before);
  });

  describe('from an address', () => {
    const page = createServer((request, response) => {
      const port = (page.address() as AddressInfo).port;
      if (request.url === '/moved') response.writeHead(302, { location: '/summary.json' }).end();
      else if (request.url === '/elsewhere')
        response.writeHead(302, { location: `http://localhost:${port}/summary.json` }).end();
      else if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end();
      else if (request.url === '/large') {
        response.writeHead(200);
        const block = Buffer.alloc(1_000_000, ' ');
        const more = (left: number): void =>
          void (left === 0 ? response.end() : response.write(block, () => more(left - 1)));
        more(60);
      } else if (request.url === '/summary.json') response.end(readFileSync(fixture('summary.json')));
      else response.writeHead(404).end();
    });
    let origin = '';
    beforeAll(async () => {
      await new Promise<void>((done) => page.listen(0, '127.0.0.1', done));
      origin = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
    });
    afterAll(() => page.close());

    test('follows redirects on the same host only', async () => {
      expect((await inside(`import statuspage ${origin}/moved`)).code).toBe(0);
      const elsewhere = await inside(`import statuspage ${origin}/elsewhere`);
      expect(elsewhere).toMatchObject({ code: 1, out: '' });
      expect(elsewhere.err).toContain(
        `${origin}/elsewhere cannot be read: it redirects to http://localhost:`,
      );
      expect((await inside(`import statuspage ${origin}/loop`)).err).toContain('redirects too often');
    });

    test('refuses an answer that is no page or too large', async () => {
      expect((await inside(`import statuspage ${origin}/nothing`)).err).toContain('it answered 404');
      expect((await inside(`import statuspage ${origin}/large`)).err).toContain('larger than 50 MB');
    });
  });
});

describe('templates', () => {
  const out = join(folder, 'exported');
  const count = languages.length * occasions.length;
  ownDatabase('templates');

  test('go out as Markdown files and come in again as versions that wait', async () => {
    const exported = await inside(`templates export ${out}`);
    expect(exported).toMatchObject({ code: 0, out: `${count} templates written.\n` });
    const file = join(out, 'base/resolved.de.md');
    const shipped = readFileSync('content/update-templates/base/resolved.de.md', 'utf8');
    expect(readFileSync(file, 'utf8')).toBe(shipped);
    expect(await inside(`templates import ${out}`)).toMatchObject({
      code: 0,
      out: `0 new versions, ${count} unchanged.\n`,
    });
    writeFileSync(file, shipped.replace('normal', 'wie gewohnt'));
    const imported = await inside(`templates import ${out} --json`);
    expect([imported.code, JSON.parse(imported.out)]).toEqual([0, { added: 1, unchanged: count - 1 }]);
    await inside(`templates export ${out}`);
    expect(readFileSync(file, 'utf8')).toContain('wie gewohnt');
  });

  test('a wrong file is named with its line, and nothing is taken', async () => {
    await inside(`templates export ${out}`);
    writeFileSync(join(out, 'base/completed.en.md'), '---\ntitle: ""\n---\n\nDone.\n');
    writeFileSync(join(out, 'base/resolved.en.md'), '---\ntitle: ""\n---\n\nOne.\nTwo {dauer}.\n');
    const refused = await inside(`templates import ${out}`);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toBe('base/resolved.en.md:6: In line 6 there is no such slot: {dauer}\n');
    await inside(`templates export ${out}`);
    expect(readFileSync(join(out, 'base/completed.en.md'), 'utf8')).not.toContain('Done.');
    for (const words of ['templates export', 'templates import', 'templates import a b']) {
      expect([words, (await inside(words)).code]).toEqual([words, 2]);
    }
    expect(await inside('templates import nowhere')).toMatchObject({
      code: 1,
      err: 'nowhere cannot be read: ENOENT.\n',
    });
  });
});

// A story: one damage after the other in the same file.
describe('verify', { shuffle: false }, () => {
  ownDatabase('verify');
  beforeAll(() => klartext(`import statuspage ${fixture('summary.json')}`));

  test('says that all is well', async () => {
    const { code, out, err } = await klartext('verify');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /^The database file is sound\.\nThe audit chain is whole: [1-9]\d+ entries\.\nIts head: entry \d+, [0-9a-f]{64}\.\nThe head is signed with the key of this instance \([0-9a-f]{12}\): nothing was cut off\.\n$/,
    );
  });

  test('finds an edited audit entry', async () => {
    withFile((connection) => {
      const edit = connection.prepare(`update audit_entries set action = 'user.enabled' where sequence = 7`);
      expect(edit.run().changes).toBe(1);
    });
    expect(await klartext('verify')).toMatchObject({
      code: 1,
      out: expect.stringContaining('breaks at entry 7'),
    });
  });

  test('finds a reference to nothing', async () => {
    withFile((connection) => {
      connection.pragma('foreign_keys = OFF');
      connection.exec(`insert into category_groups (category_id, group_id) values ('0', '0')`);
    });
    const { code, out } = await inside('verify --json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      audit: { brokenAt: 7 },
      storage: [expect.stringContaining('category_groups'), expect.stringContaining('category_groups')],
    });
  });

  test('reports a damaged file, and makes none where there is none', async () => {
    const damaged = join(folder, 'damaged.db');
    const bytes = readFileSync(file);
    bytes.fill(0xff, 8_192, 20_000);
    writeFileSync(damaged, bytes);
    const { code, out } = await inside('verify --json', { DATABASE_URL: `file:${damaged}` });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      storage: expect.arrayContaining([expect.any(String)]),
    });
    const missing = join(folder, 'missing.db');
    expect(await inside('verify', { DATABASE_URL: `file:${missing}` })).toMatchObject({
      code: 1,
      out: '',
      err: `There is no database at ${missing}.\n`,
    });
    expect(existsSync(missing)).toBe(false);
  });

  function withFile(work: (connection: Sqlite.Database) => void): void {
    const connection = new Sqlite(file);
    work(connection);
    connection.close();
  }
});
