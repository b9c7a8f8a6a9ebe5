/** The PostgreSQL server of the tests, and databases of their own on it. */
import pg from 'pg';
import { newId } from '../../db/ids.ts';

export const postgresUrl = process.env.TEST_POSTGRES_URL;

/** The rows that one statement gives, on a connection of its own. */
export async function ask(
  connectionString: string | undefined,
  sql: string,
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The address of a database on `server` that does not exist yet, and how it comes and goes. */
export function newDatabase(server = postgresUrl ?? 'postgres://nowhere') {
  const name = `klartext_test_${newId()}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    name,
    url: url.href,
    create: () => ask(server, `create database ${name}`),
    remove: () => ask(server, `drop database if exists ${name} with (force)`),
  };
}
