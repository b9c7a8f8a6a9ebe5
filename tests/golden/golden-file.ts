/** The golden crawl as it is kept: one compressed file, and what is different from it in a few lines. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Golden } from './demo-crawl.ts';

const file = resolve(import.meta.dirname, 'demo.json.br');

export const readGolden = (): Golden => JSON.parse(brotliDecompressSync(readFileSync(file)).toString());

export function writeGolden(golden: Golden): void {
  const ordered = Object.fromEntries(Object.entries(golden).sort(([a], [b]) => (a < b ? -1 : 1)));
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24 };
  writeFileSync(file, brotliCompressSync(JSON.stringify(ordered), { params }));
}

/** Per address what is gone and what is new, line by line; empty where nothing is different. */
export function differences(before: Golden, after: Golden): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const address of new Set([...Object.keys(before), ...Object.keys(after)].sort())) {
    const [old, fresh] = [before[address], after[address]];
    if (old === fresh) continue;
    if (old === undefined || fresh === undefined)
      found.set(address, [old === undefined ? '+ the whole address' : '- the whole address']);
    else found.set(address, changedLines(old.split('\n'), fresh.split('\n')));
  }
  return found;
}

/** Lines that only one side has, counted, so that a move alone shows as nothing but its place. */
function changedLines(before: readonly string[], after: readonly string[]): string[] {
  const less = without(before, after).map((line) => `- ${line}`);
  const more = without(after, before).map((line) => `+ ${line}`);
  return less.length + more.length > 0 ? [...less, ...more] : ['  the same lines in another order'];
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const left = counts.get(line) ?? 0;
    counts.set(line, left - 1);
    return left <= 0;
  });
}
