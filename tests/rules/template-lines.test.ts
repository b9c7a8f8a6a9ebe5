import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const longest = 160;

test(`no line of a template is longer than ${longest} characters, because no formatter breaks it`, () => {
  const files = globSync('src/**/*.astro');
  expect(files.length).toBeGreaterThan(100);
  const tooLong = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, at) => (line.length > longest ? [`${file}:${at + 1}`] : [])),
  );
  expect(tooLong).toEqual([]);
});
