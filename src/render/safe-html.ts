import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Context, RenderableText, TextToRender } from '../domain/core/context.ts';
import { DomainError, invalid, isDomainError, unreadable } from '../domain/core/errors.ts';

/** Processor time that one text may take. A busy machine makes a text late, never refused. */
const usualBudgetMs = 1_000;
/** How often the time of a text that takes long is looked at. */
const watchMs = 100;
/** A text that takes longer than this lets those that wait go on in a second worker. */
const slowMs = 250;
/** More would only be hostile texts side by side. */
const mostWorkers = 2;
/** Workers that ended before they began a text say nothing of the text; so many in a row say that the machine has no room. */
const mostStarts = 3;
/** Nothing may hang: who has no answer by then is told that the server is busy, not that the text is wrong. */
const lastResortMs = 60_000;
/** The newest results are kept, so that a text tried before its transaction is there at once in it. */
const mostKept = 40;

export interface SafeHtml {
  render: Context['renderTexts'];
  close: () => Promise<void>;
}

export interface ToWorker {
  text: RenderableText;
}
export type FromWorker =
  | { kind: 'began'; usedMicroseconds: number }
  | { kind: 'done'; html: string }
  | { kind: 'failed' };

interface Task {
  text: RenderableText;
  starts: number;
  done: (html: string) => void;
  fail: (error: unknown) => void;
}

/**
 * Renders texts in worker threads, started by path because bundling would move them. Each text has its own budget of
 * processor time, counted from where its worker begins it: neither a new worker's start, nor what runs beside it, nor
 * another text counts. Whoever goes over it loses the worker, and only that text is refused.
 */
export function startSafeHtml(root: string, budgetMs = usualBudgetMs): SafeHtml {
  const waiting: Task[] = [];
  const lanes = new Set<Lane>();
  const kept = new Map<string, string>();
  let isClosed = false;

  /** Gives what waits to a worker that is free; starts one where all there are have been slow. */
  function next(): void {
    while (waiting.length > 0) {
      const free = [...lanes].find((lane) => lane.isFree()) ?? startLane();
      const task = free && waiting.shift();
      if (!free || !task) return;
      free.begin(task);
    }
    // What a slow text made necessary goes away once nothing is slow any more.
    const all = [...lanes];
    if (all.every((lane) => lane.isFree())) for (const lane of all.slice(1)) void lane.end();
  }

  function startLane(): Lane | null {
    if (lanes.size >= mostWorkers || [...lanes].some((lane) => !lane.isSlow())) return null;
    const lane: Lane = openLane(root, budgetMs, {
      onMove: next,
      onEnd(task, why) {
        lanes.delete(lane);
        if (task) task.starts += 1;
        if (task && (why === 'late' || isClosed || task.starts >= mostStarts)) task.fail(busy());
        else if (task && why === 'text') task.fail(refusal());
        else if (task) waiting.unshift(task);
        next();
      },
    });
    lanes.add(lane);
    return lane;
  }

  async function renderOne({ path, ...text }: TextToRender): Promise<string> {
    if (isClosed) throw busy();
    const key = JSON.stringify(text);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const { promise, resolve: done, reject: fail } = Promise.withResolvers<string>();
    waiting.push({ text, starts: 0, done, fail });
    next();
    const html = await promise.catch((error: unknown) => {
      throw path !== undefined && isDomainError(error) && error.key === 'markdown_failed'
        ? invalid(path, 'markdown_failed')
        : error;
    });
    kept.set(key, html);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return html;
  }

  return {
    async render(texts) {
      // One after the other: the first refusal ends the batch, and others' texts come in between.
      const html: string[] = [];
      for (const text of texts) html.push(await renderOne(text));
      return html;
    },
    async close() {
      isClosed = true;
      for (const task of waiting.splice(0)) task.fail(busy());
      await Promise.all([...lanes].map((lane) => lane.end()));
    },
  };
}

/** Its field is named where the text is known by its path. */
const refusal = (): DomainError => unreadable('markdown_failed');
const busy = (): DomainError => new DomainError('unavailable', 'busy');

/** One worker and the text it is at. */
interface Lane {
  isFree: () => boolean;
  /** At a text for longer than most take. */
  isSlow: () => boolean;
  begin: (task: Task) => void;
  end: () => Promise<unknown>;
}

/**
 * `onMove`: something that waits may go on. `onEnd`: the worker is gone with the text it was at, once: because of the
 * `text`, because nothing came at all (`late`), or for a reason of its own (`worker`).
 */
function openLane(
  root: string,
  budgetMs: number,
  tell: { onMove: () => void; onEnd: (task: Task | null, why: 'text' | 'late' | 'worker') => void },
): Lane {
  const worker = new Worker(resolve(root, 'src/render/safe-html-worker.ts'), {
    resourceLimits: { maxOldGenerationSizeMb: 128 },
  });
  worker.unref();
  worker.on('error', () => undefined);
  let task: Task | null = null;
  /** The worker's processor time when it began the present text, in microseconds. */
  let usedBefore: number | null = null;
  let isSlow = false;
  let isOver = false;
  let watch: NodeJS.Timeout | undefined;
  let lastResort: NodeJS.Timeout | undefined;

  function settle(): Task | null {
    clearInterval(watch);
    clearTimeout(lastResort);
    worker.unref();
    const settled = task;
    task = null;
    usedBefore = null;
    isSlow = false;
    return settled;
  }
  function over(why: 'text' | 'late' | 'worker'): void {
    if (isOver) return;
    isOver = true;
    const last = settle();
    void worker.terminate();
    tell.onEnd(last, why);
  }
  async function look(): Promise<void> {
    const at = task;
    const before = usedBefore;
    // A worker that is ending answers no more; its exit tells the rest.
    const used = await worker.cpuUsage().catch(() => null);
    if (!used || before === null || at === null || task !== at) return;
    if (used.user + used.system - before > budgetMs * 1_000) over('text');
  }

  worker.on('message', (message: FromWorker) => {
    if (isOver) return;
    if (message.kind === 'began') {
      usedBefore = message.usedMicroseconds;
      const beganAt = performance.now();
      watch = setInterval(() => {
        void look();
        if (isSlow || performance.now() - beganAt < slowMs) return;
        isSlow = true;
        tell.onMove();
      }, watchMs);
      return;
    }
    const settled = settle();
    if (message.kind === 'done') settled?.done(message.html);
    else settled?.fail(refusal());
    tell.onMove();
  });
  // Out of memory at a text that had begun is that text's doing.
  worker.on('exit', () => over(usedBefore === null ? 'worker' : 'text'));

  return {
    isFree: () => task === null && !isOver,
    isSlow: () => isSlow,
    begin(given) {
      task = given;
      worker.ref();
      lastResort = setTimeout(() => over('late'), lastResortMs);
      worker.postMessage({ text: given.text } satisfies ToWorker);
    },
    async end() {
      over('worker');
      await worker.terminate();
    },
  };
}
