/** Says loudly what this run does not cover. `.ci/run` sets TEST_REQUIRE_ALL and refuses such a run. */
import { execFileSync } from 'node:child_process';

export default function announce(): void {
  const skipped = [
    ...(process.env.TEST_POSTGRES_URL
      ? []
      : ['TEST_POSTGRES_URL is not set: the PostgreSQL half of the tests']),
    ...(hasNginx() ? [] : ['nginx is not installed: the test behind a TLS reverse proxy']),
  ];
  if (skipped.length === 0) return;
  const lines = skipped.map((what) => `!!! SKIPPED: ${what}`).join('\n');
  if (process.env.TEST_REQUIRE_ALL) throw new Error(`This run must cover everything.\n${lines}`);
  process.stderr.write(`\n${lines}\n\n`);
}

export function hasNginx(): boolean {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
