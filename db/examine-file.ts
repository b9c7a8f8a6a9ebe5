import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FileReport, Identity } from './check-file.ts';
import { refuseForeignHeader } from './sqlite-file.ts';
import { RefusedDatabase } from './store.ts';

/** Throws a `RefusedDatabase` for a file that is damaged or not ours, before anything is written to it; resolves to whose it is. */
export async function refuseDamaged(file: string): Promise<Identity> {
  refuseForeignHeader(file);
  const { damage, isForeign, identity } = await examineFile(file);
  if (isForeign) throw new RefusedDatabase('foreign', `${file} is not a Klartext database.`);
  if (damage.length === 0) return identity;
  const first = damage.slice(0, 3).join(' ');
  throw new RefusedDatabase(
    'damaged',
    `${file} is damaged: ${first} Put back a backup; it is taken up without a restart.`,
  );
}

/** Examines the file in a thread of its own, so that pages are served meanwhile. */
function examineFile(file: string): Promise<FileReport> {
  return new Promise((done, fail) => {
    const worker = new Worker(resolve(import.meta.dirname, 'check-file-worker.ts'), { workerData: { file } });
    worker.unref();
    worker.once(
      'message',
      (answer: { report: FileReport } | { failure: { message: string; code: string } }) => {
        if ('report' in answer) done(answer.report);
        else fail(Object.assign(new Error(answer.failure.message), { code: answer.failure.code }));
      },
    );
    worker.once('error', fail);
    worker.once('exit', () => fail(new Error('The check of the database ended without an answer.')));
  });
}
