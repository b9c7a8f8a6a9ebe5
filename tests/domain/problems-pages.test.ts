/** A list of problems goes on by page, and nothing of it is silently missing. */
import { expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { countProblems, listProblems } from '../../src/domain/reports/problems/list-problems.ts';
import { describeEachEngine } from '../support/engines.ts';
import { statusPage } from '../support/incidents.ts';

describeEachEngine('many problems', (bench) => {
  test('beyond 500 they are silently missing: the list goes on after each page, open ones first', async () => {
    const { sre } = await statusPage(bench.store);
    const { tables } = bench.store;
    const [category] = await bench.store.read.select().from(tables.categories);
    const openedAt = (n: number) => new Date(sre.now.getTime() - n * 60_000);
    const rows = Array.from({ length: 620 }, (_, n) => ({
      id: newId(),
      title: `Problem ${n}`,
      categoryId: category?.id ?? '',
      causeTag: '',
      cause: '',
      ticket: '',
      isRestricted: false,
      // Many of one instant, so that the place in the list needs more than a time.
      openedAt: openedAt(Math.floor(n / 7)),
      closedAt: n % 3 === 0 ? openedAt(Math.floor(n / 70)) : null,
      closedReason: '',
    }));
    await bench.store.transaction(async ({ db }) => {
      for (let from = 0; from < rows.length; from += 50)
        await db.insert(tables.problems).values(rows.slice(from, from + 50));
    });
    const all = async (state?: 'open' | 'closed') => {
      const found: string[] = [];
      let before: string | undefined;
      do {
        const { problems, next } = await listProblems(sre, {
          ...(state ? { state } : {}),
          ...(before ? { before } : {}),
        });
        expect(problems.length).toBeLessThanOrEqual(100);
        found.push(...problems.map(({ id }) => id));
        before = next ?? undefined;
      } while (before);
      return found;
    };
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    const open = rows
      .filter(({ closedAt }) => closedAt === null)
      .toSorted((a, b) => a.openedAt.getTime() - b.openedAt.getTime() || byId(a, b));
    const closed = rows
      .filter(({ closedAt }) => closedAt !== null)
      .toSorted((a, b) => Number(b.closedAt) - Number(a.closedAt) || byId(b, a));
    const ids = (some: typeof rows) => some.map(({ id }) => id);
    expect(await all()).toEqual(ids([...open, ...closed]));
    expect(await all('open')).toEqual(ids(open));
    expect(await all('closed')).toEqual(ids(closed));
    expect(await countProblems(sre)).toBe(620);
    expect(await countProblems(sre, 'closed')).toBe(207);
  }, 60_000);
});
