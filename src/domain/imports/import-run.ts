import type { Transaction } from '../../../db/store.ts';
import type { Language } from '../../../db/words.ts';
import type { Context } from '../core/context.ts';
import { isJsonObject, type JsonObject } from './lossless-json.ts';
import type { BrokenLine, SourceItem } from './read-statuspage.ts';
import { cleanLine } from './statuspage-schema.ts';

export interface ImportResult {
  incidents: { added: number; changed: number; unchanged: number };
  /** Rows added or changed. */
  updates: number;
  components: number;
  categories: number;
  /** What contradicted itself and was taken nevertheless, with what was made of it. */
  straightened: BrokenLine[];
  /** What was not taken, and why. */
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
export function refuse(run: ImportRun, item: SourceItem, reason: string): void {
  run.result.broken.push({ ...placeOf(item), reason });
}

/** Tells what was straightened of an item that was taken. */
export function tell(run: ImportRun, item: SourceItem, sentences: readonly string[]): void {
  for (const reason of sentences) run.result.straightened.push({ ...placeOf(item), reason });
}

/** Where an item stands and what it calls itself, so that it can be found in its source. */
function placeOf({ source, line, value }: SourceItem): Omit<BrokenLine, 'reason'> {
  const { id, name } = isJsonObject(value) ? value : {};
  const text = (given: unknown): string | null =>
    typeof given === 'string' ? shortened(cleanLine(given)) : null;
  return { source, line, id: text(id), title: text(name) };
}

/** Enough to know it again; an endless one must not fill the screen. */
const shortened = (line: string): string =>
  [...line].length > 80 ? `${[...line].slice(0, 79).join('')}…` : line;

/** An old copy of a page never takes back what a newer one said. */
export function isOlder(given: { updated_at?: string | null }, stored: JsonObject): boolean {
  if (!given.updated_at || typeof stored.updated_at !== 'string') return false;
  return new Date(given.updated_at) < new Date(stored.updated_at);
}
