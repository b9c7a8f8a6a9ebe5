import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../db/schema/', import.meta.url);

/** The columns that `db/schema/` calls public, as `table.column`: those with "Public: " in the comment above them. */
export function readPublicColumns(): string[] {
  return readdirSync(folder).flatMap((file) => {
    const [, ...tables] = readFileSync(new URL(file, folder), 'utf8').split(/^ {2}const (?=\w+ = table\()/m);
    return tables.flatMap((text) => {
      const table = text.slice(0, text.indexOf(' '));
      const columns = text.matchAll(/\/\*\*(?:(?!\*\/)[\s\S])*?\bPublic: (?:(?!\*\/)[\s\S])*\*\/\s*(\w+):/g);
      return [...columns].map(([, column]) => `${table}.${column}`);
    });
  });
}
