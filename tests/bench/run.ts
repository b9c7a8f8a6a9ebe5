/**
 * `npm run bench`: what is measured, each as a figure with its limit. Wall-clock figures are medians of several rounds in
 * one run; where a limit is a ratio, both sides are measured in this run. Exit 1 when a limit is missed. Words after it name the
 * parts to run: `npm run bench -- flood crawl`.
 */

import { benchCrawl } from './crawl.ts';
import { benchDamage } from './damage.ts';
import type { Figure } from './figure.ts';
import { benchFlood } from './flood.ts';
import { benchImport } from './import.ts';
import { benchKill } from './kill.ts';
import { benchMuch } from './much.ts';
import { benchPublish } from './publish.ts';
import { benchReports } from './reports.ts';
import { benchScale } from './scale.ts';
import { benchSize } from './size.ts';
import { benchStart } from './start.ts';
import { benchWrites } from './writes.ts';

type Part = [title: string, measure: () => Promise<Figure[]>];
const parts: Part[] = [
  ['size of the home page', benchSize],
  ['publish → every representation new', benchPublish],
  ['updates posted on one core', benchWrites],
  ['import of a corpus', benchImport],
  ['10,000 incidents against 100', benchScale],
  ['much of everything', benchMuch],
  ['incident reports', benchReports],
  ['start and memory', benchStart],
  ['flood of 64 connections', benchFlood],
  ['crawl of what nobody asked for before', benchCrawl],
];
/** They take minutes, so they run only when they are named. */
const longParts: Part[] = [
  ['kill in the middle of 2,000 writes', benchKill],
  ['damage of each page', benchDamage],
];

const wanted = process.argv.slice(2);
let missed = 0;
const isWanted = ([title]: Part) => wanted.some((word) => title.includes(word));
const chosen = wanted.length === 0 ? parts : [...parts, ...longParts].filter(isWanted);
for (const [title, measure] of chosen) {
  process.stdout.write(`\n${title}\n`);
  for (const { name, value, limit, unit } of await measure()) {
    const isKept = limit === null || value <= limit;
    if (!isKept) missed += 1;
    const shown = value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
    const bound =
      limit === null ? '' : `  (at most ${limit.toLocaleString('en')} ${unit}${isKept ? '' : ': MISSED'})`;
    process.stdout.write(`  ${name.padEnd(58)} ${shown} ${unit}${bound}\n`);
  }
}
process.exit(missed > 0 ? 1 : 0);
