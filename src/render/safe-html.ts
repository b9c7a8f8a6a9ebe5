import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TextFormat } from '../../db/words.ts';
import { DomainError } from '../domain/errors.ts';

/** One batch may take this long; then its worker is ended and the text refused. */
const deadlineMs = 1_000;

export interface SafeHtml {
  render: (texts: readonly { source: string; format: TextFormat }[]) => Promise<string[]>;
  close: () => Promise<void>;
}

/** Renders texts one batch at a time in a worker thread that is started by path, because bundling would move it. */
export function startSafeHtml(root: string): SafeHtml {
  let worker: Worker | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  const start = (): Worker => {
    const started = new Worker(resolve(root, 'src/render/safe-html-worker.ts'), {
      resourceLimits: { maxOldGenerationSizeMb: 128 },
    });
    started.unref();
    started.on('error', () => undefined);
    return started;
  };

  function renderBatch(texts: readonly { source: string; format: TextFormat }[]): Promise<string[]> {
    worker ??= start();
    const current = worker;
    return new Promise((done, fail) => {
      const refuse = () => {
        worker = null;
        finish();
        void current.terminate();
        fail(new DomainError('invalid', 'markdown_failed'));
      };
      // The first batch also waits for the worker to start.
      const timer = setTimeout(refuse, deadlineMs + 30 * texts.length + (isReady ? 0 : 4_000));
      const answer = ({ html }: { html: string[] | null }) => {
        isReady = true;
        finish();
        if (html) done(html);
        else fail(new DomainError('invalid', 'markdown_failed'));
      };
      const finish = () => {
        clearTimeout(timer);
        current.off('message', answer);
        current.off('exit', refuse);
        current.unref();
      };
      current.ref();
      current.on('message', answer);
      current.once('exit', refuse);
      current.postMessage({ texts });
    });
  }
  let isReady = false;

  return {
    render(texts) {
      if (texts.length === 0) return Promise.resolve([]);
      const turn = queue.then(() => renderBatch(texts));
      queue = turn.catch(() => undefined);
      return turn;
    },
    async close() {
      await queue;
      await worker?.terminate();
    },
  };
}
