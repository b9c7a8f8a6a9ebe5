import { parentPort } from 'node:worker_threads';
import type { TextFormat } from '../../db/words.ts';
import { renderSafeHtml } from './markdown.ts';

parentPort?.on('message', ({ texts }: { texts: { source: string; format: TextFormat }[] }) => {
  try {
    parentPort?.postMessage({ html: texts.map(({ source, format }) => renderSafeHtml(source, format)) });
  } catch {
    parentPort?.postMessage({ html: null });
  }
});
