/** `inArray` makes one parameter of each value, and a list that grows ends in "too many SQL variables": lists go through `oneOf`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const files = ['src', 'db'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|astro)$/.test(file))
    .map((file) => join(folder, file)),
);

/** What stands behind the column: a subquery, named in the same file or written there, or a list of constants. */
function isFixed(second: string, source: string): boolean {
  if (/^\[(?:\s*'[^']*',?)+\s*\]/.test(second) || /^\w+(?:\.\w+)*\s*\.select\(/.test(second)) return true;
  const [name = ''] = /^\w+/.exec(second) ?? [];
  if (new RegExp(`\\b${name}\\s*=\\s*\\w+(?:\\.\\w+)*\\s*\\.select(?:Distinct)?\\(`).test(source))
    return true;
  // Made by the function that selects them.
  if (/^newest\)/.test(second) && /\bnewest = newestVersions\(/.test(source)) return true;
  // Given to a function that builds conditions of subqueries.
  return /^ids\)/.test(second) && /aboutHidden\(context\)\.map\(\(ids\)/.test(source);
}

test('no list of ids grows with the parameters of a statement', () => {
  const found = files.flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    return [...source.matchAll(/\b(?:notI|i)nArray\(\s*[\w.]+,\s*/g)]
      .map((match) => source.slice((match.index ?? 0) + match[0].length))
      .filter((second) => !isFixed(second, source))
      .map((second) => `${file}: ${second.slice(0, 40)}`);
  });
  expect(found).toEqual([]);
});
