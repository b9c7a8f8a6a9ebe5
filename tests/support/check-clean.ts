/** `npm run check:clean`: what must not stand in the project, and that migrations fit the schema. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n').filter(Boolean);
const text = (file: string): string => readFileSync(file, 'utf8');
const isCode = (file: string): boolean =>
  /\.(ts|mjs|astro|css|md|yaml|json)$/.test(file) && file !== 'package-lock.json';

const rules: { what: string; pattern: RegExp; within: (file: string) => boolean }[] = [
  {
    what: 'an unfinished word',
    pattern: /\b(FIXME|XXX|HACK|lorem ipsum|coming soon)\b/i,
    within: (f) => /^(src|db|content)\//.test(f),
  },
  {
    what: 'a type check switched off',
    pattern: /@ts-(ignore|nocheck)/,
    within: (f) => /\.(ts|astro)$/.test(f) && f !== 'tests/support/check-clean.ts',
  },
  // A test may hold that something does not compile: the line is an error when it does.
  {
    what: 'an error of types that is expected',
    pattern: /@ts-expect-error/,
    within: (f) => /\.(ts|astro)$/.test(f) && !f.startsWith('tests/'),
  },
  {
    what: 'a test that is focused or left out',
    pattern: /\b(test|it|describe)\.(only|skip|todo|fails)\(/,
    // The rules' own test names such tests to notice them.
    within: (f) => f.endsWith('.test.ts') && f !== 'tests/rules/requirements.test.ts',
  },
  { what: 'the host of a package registry', pattern: /registry\.[a-z]+\.(org|com|dev)/, within: isCode },
  {
    what: 'a download address in the lock file',
    pattern: /"resolved"/,
    within: (f) => f === 'package-lock.json',
  },
];

const found = rules.flatMap(({ what, pattern, within }) =>
  files.filter((file) => within(file) && pattern.test(text(file))).map((file) => `${file}: ${what}`),
);
for (const line of found) process.stderr.write(`${line}\n`);

const before = execFileSync('git', ['status', '--porcelain', 'db/migrations'], { encoding: 'utf8' });
for (const engine of ['sqlite', 'postgres']) {
  execFileSync(
    'drizzle-kit',
    ['generate', '--config', `drizzle.${engine}.config.ts`, '--name', 'unwritten'],
    { stdio: 'ignore' },
  );
}
const after = execFileSync('git', ['status', '--porcelain', 'db/migrations'], { encoding: 'utf8' });
if (before !== after) {
  process.stderr.write('db/schema has changes without a migration. Run npm run migrations.\n');
  process.exit(1);
}
process.exit(found.length > 0 ? 1 : 0);
