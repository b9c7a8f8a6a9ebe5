/**
 * Brings a database to today's schema and dies on the way as in a power cut: `node die-on-the-way.ts <url> <schema> <part>`,
 * where the database has that schema (a number of migrations) and 0.5 is half of the statements that change something. Without dying it ends with 1.
 */
import Sqlite from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import pg from 'pg';
import { migrateServer } from '../../db/migrate.postgres.ts';
import { migrateFile } from '../../db/migrate.sqlite.ts';

const [url = '', schema = '', part = ''] = process.argv.slice(2);
const folder = `db/migrations/${url.startsWith('file:') ? 'sqlite' : 'postgres'}`;
const isChange = (sql: unknown): boolean =>
  typeof sql === 'string' && /^\s*(?:alter|update|create|drop)\b/i.test(sql);
const all = readMigrationFiles({ migrationsFolder: folder })
  .slice(Number(schema))
  .flatMap(({ sql }) => sql.filter(isChange));
let left = Math.floor(all.length * Number(part));

function dieInTime(sql: unknown): void {
  if (!isChange(sql) || !all.includes(String(sql))) return;
  if (left > 0) left -= 1;
  else for (;;) process.kill(process.pid, 'SIGKILL');
}

const { exec } = Sqlite.prototype;
Sqlite.prototype.exec = function (sql: string) {
  dieInTime(sql);
  return exec.call(this, sql);
};
const { query } = pg.Client.prototype;
pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
  const [first] = given;
  dieInTime(typeof first === 'object' && first !== null && 'text' in first ? first.text : first);
  return Reflect.apply(query, this, given);
};

if (url.startsWith('file:')) await migrateFile(url.slice('file:'.length), folder);
else await migrateServer(url, folder);
process.exitCode = 1;
