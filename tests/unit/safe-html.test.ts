import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isDomainError } from '../../src/domain/core/errors.ts';
import { type SafeHtml, startSafeHtml } from '../../src/render/safe-html.ts';

const hostile = { source: '*a_'.repeat(6_500), format: 'markdown' as const, path: 'texts.en.body' };
const ordinary = (at: number) => ({
  source: `Update **${at}**: API requests fail.\n\n- Frankfurt\n- Graz`,
  format: 'markdown' as const,
  path: 'texts.de.body',
});
const ordinaryHtml = (at: number): string =>
  `<p>Update <strong>${at}</strong>: API requests fail.</p>\n<ul>\n<li>Frankfurt</li>\n<li>Graz</li>\n</ul>`;

/** What became of a text: its HTML, or the refusal with its fields. */
const outcome = (work: Promise<string[]>): Promise<unknown> =>
  work.then(
    ([html]) => html,
    (error: unknown) =>
      isDomainError(error)
        ? { code: error.code, fields: error.fields.map(({ path, key }) => [path, key]) }
        : error,
  );
const refused = { code: 'invalid', fields: [['texts.en.body', 'markdown_failed']] };

/** Threads need a while to end while everything else wants the cores too. */
const onBusyCores = { timeout: 20_000 };

/** The threads of this process that render texts. */
const renderers = (): number => {
  const report: unknown = process.report.getReport();
  const { workers = [] } = report as { workers?: { javascriptStack?: unknown }[] };
  return workers.length;
};

describe('on a machine whose cores are all busy', () => {
  let others: Worker[] = [];
  let safeHtml: SafeHtml;
  beforeAll(async () => {
    const spin = 'for (;;) {}';
    others = Array.from({ length: availableParallelism() }, () => new Worker(spin, { eval: true }));
    // Threads that have not begun are not among those counted below, and would be later.
    await Promise.all(others.map((one) => once(one, 'online')));
  });
  afterAll(() => Promise.all(others.map((one) => one.terminate())));
  afterEach(() => safeHtml.close());

  test('one hostile text of “*a_” 6,500 times is refused at its field, and the next ordinary texts are not', async () => {
    safeHtml = startSafeHtml(process.cwd());
    const work = [
      outcome(safeHtml.render([hostile])),
      ...Array.from({ length: 12 }, (_, at) => outcome(safeHtml.render([ordinary(at)]))),
    ];
    const [first, ...next] = await Promise.all(work);
    expect(first).toEqual(refused);
    expect(next).toEqual(Array.from({ length: 12 }, (_, at) => ordinaryHtml(at)));
    // A new worker has to start; that is nobody's time.
    expect(await outcome(safeHtml.render([ordinary(12)]))).toBe(ordinaryHtml(12));
  });

  test('hostile texts one after another and side by side stop nobody, and leave no worker behind', async () => {
    safeHtml = startSafeHtml(process.cwd(), 150);
    const before = renderers();
    const work = Array.from({ length: 9 }, (_, at) =>
      at % 3 === 1
        ? outcome(safeHtml.render([ordinary(at), { ...hostile, source: `${at} ${hostile.source}` }]))
        : outcome(safeHtml.render([ordinary(at)])),
    );
    const all = await Promise.all(work);
    for (const [at, one] of all.entries()) expect(one).toEqual(at % 3 === 1 ? refused : ordinaryHtml(at));
    await expect.poll(renderers, onBusyCores).toBeLessThanOrEqual(before + 1);
    await safeHtml.close();
    await expect.poll(renderers, onBusyCores).toBe(before);
  });

  test('an ordinary text does not wait for a hostile one to be over', async () => {
    safeHtml = startSafeHtml(process.cwd(), 600);
    await safeHtml.render([ordinary(0)]);
    const order: string[] = [];
    const slow = outcome(safeHtml.render([hostile])).then(() => order.push('hostile'));
    const quick = outcome(safeHtml.render([ordinary(1)])).then(() => order.push('ordinary'));
    await Promise.all([slow, quick]);
    expect(order).toEqual(['ordinary', 'hostile']);
  });
});

describe('the worker', () => {
  test('a text that takes all its memory is refused alone', async () => {
    const safeHtml = startSafeHtml(process.cwd());
    const deep = { ...hostile, source: '> '.repeat(9_000) };
    const [first, next] = await Promise.all([
      outcome(safeHtml.render([deep])),
      outcome(safeHtml.render([ordinary(1)])),
    ]);
    expect([refused, expect.any(String)]).toContainEqual(first);
    expect(next).toBe(ordinaryHtml(1));
    await safeHtml.close();
  });

  test('that cannot even start ends in “busy”, not in a refusal of the text, and nothing hangs', async () => {
    const safeHtml = startSafeHtml('/nowhere');
    expect(await outcome(safeHtml.render([ordinary(1)]))).toEqual({ code: 'unavailable', fields: [] });
    await safeHtml.close();
    expect(await outcome(safeHtml.render([ordinary(1)]))).toEqual({ code: 'unavailable', fields: [] });
  });

  test('closing answers whoever waits', async () => {
    const safeHtml = startSafeHtml(process.cwd());
    const work = [outcome(safeHtml.render([ordinary(1)])), outcome(safeHtml.render([ordinary(2)]))];
    await safeHtml.close();
    for (const one of await Promise.all(work)) expect(one).toEqual({ code: 'unavailable', fields: [] });
  });
});
