/**
 * `npm run golden`: crawls the demo at its fixed instant and says what is different from the golden crawl that is
 * committed; `-- --accept` makes what it saw the golden one; `-- --out <folder>` writes both as files for a diff.
 * With TEST_POSTGRES_URL the demo lives on PostgreSQL.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crawlDemo, type Golden } from './demo-crawl.ts';
import { differences, readGolden, writeGolden } from './golden-file.ts';

const { values } = parseArgs({ options: { accept: { type: 'boolean' }, out: { type: 'string' } } });
const seen = await crawlDemo(process.env.TEST_POSTGRES_URL);
if (values.accept) {
  writeGolden(seen);
  process.stdout.write(`${Object.keys(seen).length} addresses are golden now.\n`);
} else {
  const golden = readGolden();
  if (values.out)
    for (const [side, crawl] of Object.entries({ before: golden, after: seen })) write(side, crawl);
  const found = differences(golden, seen);
  for (const [address, lines] of found) process.stdout.write(`${address}\n${lines.map(short).join('\n')}\n`);
  process.stdout.write(`${found.size} of ${Object.keys(golden).length} addresses are different.\n`);
  process.exitCode = found.size > 0 ? 1 : 0;
}

function write(side: string, crawl: Golden): void {
  const folder = join(values.out ?? '', side);
  mkdirSync(folder, { recursive: true });
  for (const [address, text] of Object.entries(crawl))
    writeFileSync(join(folder, encodeURIComponent(address)), text);
}

function short(line: string): string {
  return `  ${line.length > 200 ? `${line.slice(0, 200)} …` : line}`;
}
