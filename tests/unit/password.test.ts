import { describe, expect, test } from 'vitest';
import {
  dummyHash,
  hashPassword,
  passwordRefusal,
  randomPassword,
  verifyPassword,
} from '../../src/domain/people/users/password.ts';

const plain = 'seven quiet otters';

describe('hashing', () => {
  test('is argon2id in PHC form with 19 MiB, two passes, a 16 byte salt and a 32 byte tag', async () => {
    const hash = await hashPassword(plain);
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  });

  test('salts: the same password never has the same hash, and fits both', async () => {
    const [one, two] = await Promise.all([hashPassword(plain), hashPassword(plain)]);
    expect(one).not.toBe(two);
    expect(await verifyPassword(plain, one)).toBe(true);
    expect(await verifyPassword(plain, two)).toBe(true);
  });

  test.each([`${plain} `, plain.toUpperCase(), '', plain.slice(0, -1)])('refuses %j', async (wrong) => {
    expect(await verifyPassword(wrong, await hashPassword(plain))).toBe(false);
  });

  test('does not cut long passwords', async () => {
    const long = 'o'.repeat(255);
    expect(await verifyPassword(`${long}b`, await hashPassword(`${long}a`))).toBe(false);
  });

  test('an umlaut fits however the keyboard composed it', async () => {
    expect(await verifyPassword('Mu\u0308hle am Weiher', await hashPassword('M\u00fchle am Weiher'))).toBe(
      true,
    );
  });

  test('keeps to the parameters a hash was made with', async () => {
    // Made with node:crypto argon2Sync, m=64, t=1, a salt of 16 ones.
    const cheap =
      '$argon2id$v=19$m=64,t=1,p=1$AQEBAQEBAQEBAQEBAQEBAQ$+8elzckWn2Ivg+nXvwlKlc6m2m6PDZsCfW1Sm28oOIY';
    expect(await verifyPassword(plain, cheap)).toBe(true);
  });

  test.each(['', 'unusable', '$argon2id$', '$2b$10$abcdefghijklmnopqrstuv'])(
    'no password fits %j',
    async (broken) => {
      expect(await verifyPassword('', broken)).toBe(false);
      expect(await verifyPassword(broken, broken)).toBe(false);
    },
  );

  test('an unknown, a malformed and a wrong password take about the same time', async () => {
    const hash = await hashPassword(plain);
    const candidates = [() => hash, dummyHash, () => 'unusable'];
    const took = candidates.map(() => [] as number[]);
    for (let round = 0; round < 7; round += 1) {
      for (const [at, against] of candidates.entries()) {
        const start = performance.now();
        await verifyPassword('another guess', against());
        took[at]?.push(performance.now() - start);
      }
    }
    const [known = 0, ...others] = took.map((times) => times.sort((a, b) => a - b)[3] ?? 0);
    for (const other of others) expect(other).toBeGreaterThan(known / 2);
  });

  test('two run, twenty wait, the next is told that the server is busy, and then all is well again', async () => {
    const hash = await hashPassword(plain);
    const crowd = await Promise.allSettled(Array.from({ length: 25 }, () => verifyPassword(plain, hash)));
    const refused = crowd.filter((one) => one.status === 'rejected');
    expect(crowd.filter((one) => one.status === 'fulfilled' && one.value)).toHaveLength(22);
    expect(refused).toHaveLength(3);
    expect(refused[0]?.reason).toMatchObject({ code: 'unavailable', key: 'busy' });
    expect(await verifyPassword(plain, hash)).toBe(true);
  });
});

describe('what makes a password', () => {
  const words = ['mara.lindqvist', 'Mara Lindqvist', 'Hafenwerk GmbH'];

  test.each([
    ['', 'password_short'],
    ['elf zeichen', 'password_short'],
    ['😀😀😀😀😀😀', 'password_short'],
    ['x9'.repeat(129), 'too_long'],
    ['aaaaaaaaaaaa', 'password_common'],
    ['abababababab', 'password_common'],
    ['aaaabbbbcccc', 'password_common'],
    ['12345678901234', 'password_common'],
    ['0987654321098', 'password_common'],
    ['abcdefghijklm', 'password_common'],
    ['qwertzuiop123', 'password_common'],
    ['QWERTYUIOP12', 'password_common'],
    ['1qaz2wsx3edc', 'password_common'],
    ['qwer1234asdf', 'password_common'],
    ['!@#$%^&*()_+', 'password_common'],
    ['Password1234!', 'password_common'],
    ['P@ssw0rd2026', 'password_common'],
    ['Passwort-2026', 'password_common'],
    ['password1234567890', 'password_common'],
    ['NovemberNovember', 'password_common'],
    ['November2026!', 'password_common'],
    ['otterotterotter', 'password_common'],
    ['otter1otter1ot', 'password_common'],
    ['Correct Horse Battery Staple', 'password_common'],
    ['unbelievable', 'password_common'],
    ['lindqvist-2026', 'password_common'],
    ['MaraLindqvist7', 'password_common'],
    ['Hafenwerk2026', 'password_common'],
    ['H4fenwerk!!!!', 'password_common'],
  ])('%j is refused: %s', (password, refusal) => {
    expect(passwordRefusal(password, words)).toBe(refusal);
  });

  test.each([
    plain,
    'vK9#tq2LmZ4x',
    'Zwölf Eulen im Wind',
    'hafenwerk liegt am kalten bach',
    '7301 9925 4468',
    '%&)(§=?`´*~^<>',
    `${'x'.repeat(200)}${plain}24680 Ufer`,
  ])('%j is good', (password) => {
    expect(passwordRefusal(password, words)).toBeNull();
  });

  test('hostile input is judged within 100 ms', () => {
    const start = performance.now();
    for (const password of ['qwertz'.repeat(42), 'aB'.repeat(128), `${'a'.repeat(255)}!`])
      passwordRefusal(password, ['a'.repeat(254)]);
    expect(performance.now() - start).toBeLessThan(100);
  });

  test('a random password is long, new each time, and good', () => {
    const made = Array.from({ length: 50 }, randomPassword);
    expect(new Set(made).size).toBe(50);
    for (const password of made) {
      expect(password.length).toBeGreaterThanOrEqual(20);
      expect(passwordRefusal(password, words)).toBeNull();
    }
  });
});

test.each([
  'jo.lee@example.com',
  'jo.lee@example.com2026',
  'Jo.Lee@Example.com!',
  'K & N Netz AG',
  'K & N Netz AG 2026',
  'KNNetzAG2026!',
])('own address and organisation name are refused as passwords: %s', (typed) => {
  expect(passwordRefusal(typed, ['jo.lee@example.com', 'jo.lee', 'Jo Lee', 'K & N Netz AG'])).toMatch(
    /^password_/,
  );
});
