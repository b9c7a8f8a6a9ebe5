import pg from 'pg';
import type { Identity } from './check-file.ts';

const patienceMs = 4_000;

/** Whose database answers at `url`; null when nothing of ours is in it. */
export async function identifyServer(url: string): Promise<Identity | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: patienceMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows: tables } = await client.query<{ exists: boolean }>(
      "select to_regclass('settings') is not null and to_regclass('users') is not null as exists",
    );
    if (!tables[0]?.exists) return null;
    const { rows } = await client.query<{ id: unknown; admins: number }>(
      `select (select value from settings where key = 'instance_id') as id,
        (select count(*)::int from users where roles::text like '%"admin"%') as admins`,
    );
    const { id = null, admins = 0 } = rows[0] ?? {};
    return { id: typeof id === 'string' ? id : null, isSetUp: admins > 0 };
  } finally {
    await client.end().catch(() => undefined);
  }
}
