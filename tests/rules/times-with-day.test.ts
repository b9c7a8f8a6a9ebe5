import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** A bare clock time may only be written where its day stands beside it; everything else asks `needsDay`. */
const besideTheirDay: Record<string, string> = {
  'src/components/Stamp.astro': 'the date below it',
  'src/components/public/Timeline.astro': 'the date at the newest update of each day',
  'src/components/public/ReportTimeline.astro': 'the day in the row in which it is new',
  'src/domain/incidents/updates/move-end.ts':
    'looked for in a text and replaced by one with its day, never written',
};

test('a clock time stands alone nowhere: one function decides whether its day is named', () => {
  const files = globSync('src/**/*.{ts,astro}').filter((file) => file !== 'src/i18n/time.ts');
  const bare = files.filter((file) =>
    /(?<![\w.])(timeBoth|timeInZone|timeInUtc|clock)\((?!left)/.test(
      readFileSync(file, 'utf8').replace(/\btimeInUtc\(entries\[0\][^)]*\)/, ''),
    ),
  );
  expect(bare.sort()).toEqual(Object.keys(besideTheirDay).sort());
});

test('no page compares days to decide that on its own', () => {
  const files = globSync('src/**/*.{ts,astro}').filter((file) => file !== 'src/i18n/time.ts');
  const own = files.filter((file) => /`\$\{date\([^`]*\}, \$\{time/.test(readFileSync(file, 'utf8')));
  expect(own).toEqual([]);
});
