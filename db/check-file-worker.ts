/** Examines a file beside the event loop; started by path, because bundling would move it. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkFile } from './check-file.ts';

const { file }: { file: string } = workerData;
try {
  parentPort?.postMessage({ report: checkFile(file) });
} catch (error) {
  const { message, code } =
    error instanceof Error
      ? { code: '', ...error, message: error.message }
      : { message: String(error), code: '' };
  parentPort?.postMessage({ failure: { message, code } });
}
