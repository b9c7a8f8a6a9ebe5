import { eq, isNull } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../db/client.ts';
import { newId } from '../../db/ids.ts';
import { inEachLanguage, type Localised } from '../../db/localised.ts';
import type { Store, Transaction } from '../../db/store.ts';
import { addCategory } from '../../src/domain/catalogue/categories/add-category.ts';
import { appendAudit } from '../../src/domain/core/audit/append.ts';
import { verifyAudit } from '../../src/domain/core/audit/verify.ts';
import { describeEachEngine } from '../support/engines.ts';
import { asOperator, night } from '../support/world.ts';

/** A row of the simplest table: a counter. */
const count = (tx: Transaction, name: string, value = 1) =>
  tx.db.insert(tx.tables.counters).values({ name, value });

async function readCount(from: Pick<Store, 'read' | 'tables'>, name: string): Promise<number | null> {
  const { counters } = from.tables;
  const [row] = await from.read.select().from(counters).where(eq(counters.name, name));
  return row?.value ?? null;
}

/** Reads the counter and writes it one higher, with a pause between: wrong unless nobody else writes meanwhile. */
const countUp = (store: Store, name: string) =>
  store.transaction(async (tx) => {
    const { counters } = tx.tables;
    const before = await readCount({ read: tx.db, tables: tx.tables }, name);
    await new Promise((done) => setImmediate(done));
    await tx.db
      .update(counters)
      .set({ value: (before ?? 0) + 1 })
      .where(eq(counters.name, name));
  });

/** Gathers what a store tells its listeners, as sorted lists; null stands for "anything". */
function told(store: Store): { heard: (string[] | null)[]; stop: () => void } {
  const heard: (string[] | null)[] = [];
  const stop = store.onChange((tags) => heard.push(tags && [...tags].sort()));
  return { heard, stop };
}

const failing = (message: string) => async (tx: Transaction) => {
  await count(tx, 'failed');
  tx.touch('history');
  throw new Error(message);
};

describeEachEngine('storage: rows that nobody ordered', (bench) => {
  test('come the other way round, so that no test leans on how an engine happens to answer', async () => {
    const { store } = bench;
    const { counters } = store.tables;
    const names = ['b', 'a', 'c'];
    const read = async (from: Pick<Store, 'read'>) =>
      (await from.read.select().from(counters)).map(({ name }) => name);
    await store.transaction(async (tx) => {
      for (const name of names) await count(tx, name);
      expect(await read(tx)).toEqual(names.toReversed());
    });
    expect(await read(store)).toEqual(names.toReversed());
    const ordered = await store.read.select().from(counters).orderBy(counters.name);
    expect(ordered.map(({ name }) => name)).toEqual(names.toSorted());
  });
});

describeEachEngine('storage: types', (bench) => {
  const user = {
    id: newId(),
    email: 'someone@example.com',
    name: 'Zoë',
    passwordHash: 'x',
    roles: ['csup' as const],
    language: 'de' as const,
    createdAt: night,
    disabledAt: null,
  };
  const roundTrip = async (more: Partial<Omit<typeof user, 'disabledAt'>> & { disabledAt?: Date | null }) => {
    const { users } = bench.store.tables;
    const row = { ...user, id: newId(), ...more };
    await bench.store.transaction((tx) => tx.db.insert(users).values({ ...row, email: row.id }));
    const [found] = await bench.store.read.select().from(users).where(eq(users.id, row.id));
    return found;
  };

  test.each([
    '2026-11-20T02:12:00.000Z',
    '2026-11-20T02:12:00.001Z',
    '2026-10-25T00:59:59.999Z',
    '2026-10-25T01:00:00.000Z',
    '1969-12-31T23:59:59.999Z',
    '1900-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
  ])('the instant %s comes back to the millisecond', async (iso) => {
    const at = new Date(iso);
    const found = await roundTrip({ createdAt: at, disabledAt: at });
    expect(found?.createdAt.toISOString()).toBe(iso);
    expect(found?.disabledAt?.toISOString()).toBe(iso);
    const { users } = bench.store.tables;
    expect(await bench.store.read.$count(users, eq(users.createdAt, at))).toBe(1);
  });

  test('nothing comes back as null, and is found as such', async () => {
    const found = await roundTrip({ disabledAt: null });
    expect(found?.disabledAt).toBeNull();
    const { users } = bench.store.tables;
    expect(await bench.store.read.$count(users, isNull(users.disabledAt))).toBe(1);
  });

  test.each([
    ['of other scripts', "Grüße, 状態 — “quoted” 'single' \\ back"],
    ['beyond the first plane', '🦦👩‍🚒 \u202eabc'],
    ['in two normal forms', 'e\u0301 is not \u00e9'],
    ['of several lines', 'two\nlines\tand\r\nmore'],
    ['without characters', ''],
    ['with spaces around it', '  kept  '],
    ['that looks like SQL', "'); drop table users; --"],
    ['of 20,000 characters', 'x'.repeat(20_000)],
  ])('a text %s comes back as it was', async (_what, name) => {
    expect((await roundTrip({ name }))?.name).toBe(name);
  });

  test.each([
    [{ b: 1, a: 2, 10: 'ten', 9: 'nine' }],
    [{ nested: { z: [], y: {}, x: [1, 'two', null, true] } }],
    [{ text: 'Grüße 🦦 "quoted" \\ \u2028' }],
    [{ large: 9_007_199_254_740_991, small: -0.1, big: 1e21 }],
  ])('the JSON %j keeps its values and the order of its keys', async (value) => {
    const { settings } = bench.store.tables;
    await bench.store.transaction(async (tx) => {
      await tx.db.insert(settings).values({ key: 'x', value, updatedAt: night });
    });
    const [found] = await bench.store.read.select().from(settings);
    expect(JSON.stringify(found?.value)).toBe(JSON.stringify(value));
  });

  test('a setting can be any bare JSON value', async () => {
    const { settings } = bench.store.tables;
    for (const value of ['text', '', 0, 12.5, true, false, [], {}]) {
      const row = { key: JSON.stringify(value), value, updatedAt: night };
      await bench.store.transaction((tx) => tx.db.insert(settings).values(row));
      const [found] = await bench.store.read.select().from(settings).where(eq(settings.key, row.key));
      expect(found?.value).toStrictEqual(value);
    }
  });

  test('flags come back as booleans, and are found as such', async () => {
    const { categories } = bench.store.tables;
    const name = { en: 'Signatures', de: 'Signatur' };
    await addCategory(asOperator(bench.store), { isRestricted: true, name });
    const rows = await bench.store.read.select().from(categories).where(eq(categories.isRestricted, true));
    expect(rows).toMatchObject([{ isRestricted: true, archivedAt: null }]);
    expect(await bench.store.read.$count(categories, eq(categories.isRestricted, false))).toBe(0);
  });

  test('what is kept by language comes back in every language, and what is not written is empty, but a name', async () => {
    const { categories } = bench.store.tables;
    const plural = { isPlural: { en: true, de: false }, name: { en: 'Signatures', de: 'Signatur' } };
    await addCategory(asOperator(bench.store), plural);
    const half: Partial<Localised> = { en: 'Only English' };
    await bench.store.transaction((tx) =>
      tx.db.update(categories).set({ short: half as Localised, description: half as Localised }),
    );
    const [row] = await bench.store.read.select().from(categories);
    expect(row).toMatchObject(plural);
    expect(row?.short).toStrictEqual(inEachLanguage(() => 'Only English'));
    expect(row?.description).toStrictEqual({ ...inEachLanguage(() => ''), en: 'Only English' });
  });
});

describeEachEngine('storage: transactions', (bench) => {
  test('what is rolled back leaves nothing, and the next one works', async () => {
    await expect(bench.store.transaction(failing('on purpose'))).rejects.toThrow('on purpose');
    expect(await readCount(bench.store, 'failed')).toBeNull();
    await bench.store.transaction((tx) => count(tx, 'next'));
    expect(await readCount(bench.store, 'next')).toBe(1);
  });

  test('a broken rule of the database rolls back all of the transaction', async () => {
    const work = bench.store.transaction(async (tx) => {
      await count(tx, 'a');
      await count(tx, 'a');
    });
    await expect(work).rejects.toThrow();
    expect(await readCount(bench.store, 'a')).toBeNull();
  });

  test('a reader never sees what is not committed, and is not held up by it', async () => {
    const seen: (number | null)[] = [];
    await bench.store.transaction(async (tx) => {
      await count(tx, 'a');
      seen.push(await readCount(bench.store, 'a'));
      seen.push(await readCount({ read: tx.db, tables: tx.tables }, 'a'));
    });
    seen.push(await readCount(bench.store, 'a'));
    expect(seen).toEqual([null, 1, 1]);
  });

  test('100 concurrent transactions take turns: none is lost', async () => {
    await bench.store.transaction((tx) => count(tx, 'turns', 0));
    await Promise.all(Array.from({ length: 100 }, () => countUp(bench.store, 'turns')));
    expect(await readCount(bench.store, 'turns')).toBe(100);
  });

  test('transactions of two instances take turns as well', async () => {
    const other = await openStore(bench.url);
    await bench.store.transaction((tx) => count(tx, 'turns', 0));
    const work = Array.from({ length: 40 }, (_, at) => countUp(at % 2 ? other : bench.store, 'turns'));
    await Promise.all(work);
    await other.close();
    expect(await readCount(bench.store, 'turns')).toBe(40);
  });

  test('the audit chain has one order whoever writes', async () => {
    const { store } = bench;
    const event = { action: 'settings.changed', subjectType: 'settings', subjectId: 'x' } as const;
    const write = () => store.transaction((tx) => appendAudit(tx, asOperator(store), event));
    await Promise.all(Array.from({ length: 30 }, write));
    expect(await verifyAudit(store)).toEqual({ entries: 30, brokenAt: null });
  });

  test('a transaction inside a transaction joins it: both or none', async () => {
    const nested = (fails: boolean) =>
      bench.store.transaction(async (outer) => {
        await count(outer, 'outer');
        const same = await bench.store.transaction(async (inner) => {
          await count(inner, 'inner');
          inner.touch('history');
          return inner === outer;
        });
        if (fails) throw new Error('on purpose');
        return same;
      });
    await expect(nested(true)).rejects.toThrow('on purpose');
    expect(await readCount(bench.store, 'inner')).toBeNull();
    const { heard, stop } = told(bench.store);
    expect(await nested(false)).toBe(true);
    stop();
    expect(heard).toEqual([['history']]);
    expect(await readCount(bench.store, 'inner')).toBe(1);
  });

  test('a transaction that begins while another runs is not taken for a nested one', async () => {
    const order: string[] = [];
    const first = bench.store.transaction(async () => {
      order.push('first begins');
      await new Promise((done) => setTimeout(done, 30));
      order.push('first ends');
    });
    const second = bench.store.transaction(async () => order.push('second'));
    await Promise.all([first, second]);
    expect(order).toEqual(['first begins', 'first ends', 'second']);
  });

  test('tags are told once, after the commit and never on a rollback', async () => {
    const { heard, stop } = told(bench.store);
    let before = -1;
    let after: Promise<number | null> | undefined;
    const stopReading = bench.store.onChange(() => {
      after ??= readCount(bench.store, 'a');
    });
    await expect(bench.store.transaction(failing('on purpose'))).rejects.toThrow();
    await bench.store.transaction(async (tx) => {
      tx.touch('reports', 'history');
      tx.touch('history');
      await count(tx, 'a');
      before = heard.length;
    });
    await bench.store.transaction((tx) => count(tx, 'without tags'));
    stop();
    stopReading();
    expect(before).toBe(0);
    expect(heard).toEqual([['history', 'reports']]);
    expect(await after).toBe(1);
  });

  test('who stops listening is told no more', async () => {
    const { heard, stop } = told(bench.store);
    stop();
    await bench.store.transaction(async (tx) => tx.touch('history'));
    expect(heard).toEqual([]);
  });

  test('every statement is counted at the driver', async () => {
    const statements: string[] = [];
    const stop = bench.store.onQuery((sql) => statements.push(sql));
    await readCount(bench.store, 'a');
    await bench.store.transaction((tx) => count(tx, 'a'));
    stop();
    await readCount(bench.store, 'a');
    expect(statements.map((sql) => sql.split(' ')[0])).toEqual(['select', 'insert']);
  });

  test('a ping answers while the database is there', async () => {
    await expect(bench.store.ping()).resolves.toBeUndefined();
  });
});

describe('ids', () => {
  test('have 12 characters of an alphabet without vowels, and 10,000 of them differ', () => {
    const ids = Array.from({ length: 10_000 }, newId);
    expect(new Set(ids).size).toBe(10_000);
    expect(ids.filter((id) => !/^[0-9bcdfghjklmnpqrstvwxyz]{12}$/.test(id))).toEqual([]);
    expect(new Set(ids.join(''))).toHaveLength(31);
  });
});
