/**
 * Templates are formatted by hand. Biome and prettier-plugin-astro are both stable by now, but print what stands in an
 * expression as JSX, where a line break is nothing; Astro makes it a space. 133 of 309 pages came out with underlined spaces
 * after their links; with `compressHTML: 'jsx'` as many lost the spaces between words elsewhere ("Identified·since"). A break
 * between attributes, or before a tag in an expression, changes nothing.
 */
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
