/** `klartext demo`: a file of its own, made anew, and nobody else's file touched. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { newDemoFile } from '../../db/demo-file.ts';
import { roles } from '../../db/words.ts';
import { klartext, startKlartext } from '../support/command.ts';

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'klartext-demo-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, file: join(folder, 'demo.db') };
}

// It tells its story twice, update by update.
test('shows the company, an account for each role that can sign in, and is made anew at the next start', {
  timeout: 120_000,
}, async () => {
  const { folder, file } = newFolder();
  const own = join(folder, 'own.db');
  const env = {
    DATA_DIR: folder,
    DATABASE_URL: `file:${own}`,
    PORT: '0',
    PUBLIC_URL: 'http://status.nordlicht.example',
  };
  const demo = startKlartext(['demo'], env);
  onTestFinished(async () => void (await demo.stop()));
  const [, url = ''] = await demo.until(/(http:\/\/127\.0\.0\.1:\d+)\/ /);
  const passwords: string[] = [];
  for (const role of roles) {
    const [, password = ''] = await demo.until(
      new RegExp(`${role}@nordlicht\\.example +([0-9a-z-]{25}) +(English|German) `),
    );
    passwords.push(password);
  }
  expect(new Set(passwords).size).toBe(roles.length);
  const home = await (await fetch(url)).text();
  expect(home).toContain('Nordlicht Cloud');
  expect(home).toContain('Slow answers to API search requests');
  const form = new URLSearchParams({ email: 'csup@nordlicht.example', password: passwords[0] ?? '' });
  const signedIn = await fetch(`${url}/admin/sign-in?_action=sessions.signIn`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { origin: env.PUBLIC_URL },
  });
  expect(signedIn.status).toBe(303);
  expect(signedIn.headers.get('set-cookie')).toContain('session=');

  const second = await klartext(['demo'], env);
  expect(second).toMatchObject({ code: 1, out: '', err: expect.stringContaining('A demo is running on') });
  expect((await fetch(url)).status).toBe(200);
  expect(await demo.stop()).toBe(0);

  expect(existsSync(own)).toBe(false);
  await newDemoFile(folder);
  const connection = new Sqlite(file, { readonly: true });
  expect(connection.prepare('select count(*) from sqlite_master').pluck().get()).toBe(0);
  connection.close();
});

test.each(['a database of ours that is no demo', 'a file of somebody else'])(
  'leaves %s as it is',
  async (what) => {
    const { folder, file } = newFolder();
    if (what.includes('ours')) {
      expect((await klartext(['migrate'], { DATABASE_URL: `file:${file}` })).code).toBe(0);
    } else writeFileSync(file, 'Precious.\n'.repeat(1_000));
    const before = readFileSync(file);
    await expect(newDemoFile(folder)).rejects.toThrow(`${file} is not a demo database`);
    expect(readFileSync(file).equals(before)).toBe(true);
  },
);
