import type { Transaction } from '../../../db/store.ts';
import type { Language } from '../../../db/words.ts';
import type { Context } from '../context.ts';
import type { JsonObject } from './lossless-json.ts';
import type { BrokenLine, SourceItem } from './read-statuspage.ts';

export interface ImportResult {
  incidents: { added: number; changed: number; unchanged: number };
  /** Rows added or changed. */
  updates: number;
  components: number;
  categories: number;
  broken: BrokenLine[];
}

/** One import from beginning to end. */
export interface ImportRun {
  context: Context;
  /** The language that the source is written in. */
  language: Language;
  result: ImportResult;
  /** Ids of updates that the source took back. */
  withdrawn: string[];
  hasWritten: boolean;
}

/** Said beside each write of the import. */
export function wrote(tx: Transaction, run: ImportRun): void {
  run.hasWritten = true;
  tx.touch('all');
}

/** Notes why an item was not taken. */
export function refuse(run: ImportRun, { source, line }: SourceItem, reason: string): void {
  run.result.broken.push({ source, line, reason });
}

/** An old copy of a page never takes back what a newer one said. */
export function isOlder(given: { updated_at?: string | null }, stored: JsonObject): boolean {
  if (!given.updated_at || typeof stored.updated_at !== 'string') return false;
  return new Date(given.updated_at) < new Date(stored.updated_at);
}

/** Lists of at most `size`, so that a statement stays below the limit of parameters of both engines. */
export function slices<T>(list: readonly T[], size = 200): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) =>
    list.slice(at * size, (at + 1) * size),
  );
}
