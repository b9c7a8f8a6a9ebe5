import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Each test passes alone and in any order. The same seed repeats a failure; `--sequence.seed=…` tries another order.
    sequence: { shuffle: { files: false, tests: true }, seed: 10 },
    // A test that asserts nothing cannot fail.
    expect: { requireAssertions: true },
    reporters: ['default'],
  },
});
