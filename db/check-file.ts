/** Examines a SQLite file page by page and row by row; for `verify`, at each start, and before a file that was away is used again. */
import Sqlite from 'better-sqlite3';
import { applicationId } from './sqlite-file.ts';

/** Whose database it is. */
export interface Identity {
  /** Null before its first start, and before there were ids. */
  id: string | null;
  /** Whether its first administrator was made. */
  isSetUp: boolean;
}

export interface FileReport {
  /** What is wrong, in sentences. */
  damage: string[];
  /** Not a database of ours at all. */
  isForeign: boolean;
  identity: Identity;
}

const nobody: Identity = { id: null, isSetUp: false };
const patienceMs = 1_000;
/** No text of ours holds these; a page of zeros in the middle of one does, and SQLite takes it for text. */
const zeros = '\0\0\0\0';

/** Reads all of `file` and changes nothing. Throws what keeps it from being read at all, such as a lock. */
export function checkFile(file: string): FileReport {
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: patienceMs });
  try {
    connection.pragma('trusted_schema = OFF');
    connection.pragma('cell_size_check = ON');
    const isForeign = connection.pragma('application_id', { simple: true }) !== applicationId;
    const damage = [...brokenPages(connection), ...orphans(connection), ...zeroedTexts(connection)];
    const identity = damage.length === 0 ? identityOf(connection) : nobody;
    return { damage, isForeign, identity };
  } catch (error) {
    const code = error instanceof Sqlite.SqliteError ? error.code : '';
    if (!(error instanceof Error) || /^SQLITE_(BUSY|LOCKED|CANTOPEN|PERM|READONLY)/.test(code)) throw error;
    return { damage: [`${error.message} (${code}).`], isForeign: code === 'SQLITE_NOTADB', identity: nobody };
  } finally {
    connection.close();
  }
}

const brokenPages = (connection: Sqlite.Database): string[] =>
  connection
    .prepare<[], string>('pragma integrity_check(50)')
    .pluck()
    .all()
    .filter((line) => line !== 'ok');

const orphans = (connection: Sqlite.Database): string[] =>
  connection
    .prepare<[], { table: string; rowid: number; parent: string }>('pragma foreign_key_check')
    .all()
    .map(
      ({ table, rowid, parent }) =>
        `Row ${rowid} of ${table} points to a row of ${parent} that does not exist.`,
    );

const tablesOf = (connection: Sqlite.Database): string[] =>
  connection
    .prepare<[], string>("select name from sqlite_master where type = 'table' and name not like 'sqlite%'")
    .pluck()
    .all();

function zeroedTexts(connection: Sqlite.Database): string[] {
  return tablesOf(connection).flatMap((table) => {
    const columns = connection
      .prepare<[string], string>("select name from pragma_table_info(?) where lower(type) = 'text'")
      .pluck()
      .all(table);
    if (columns.length === 0) return [];
    const isZeroed = columns.map((name) => `instr("${name}", ?)`).join(' or ');
    const rows = connection
      .prepare<string[], number>(`select rowid from "${table}" where ${isZeroed} limit 20`)
      .pluck()
      .all(...columns.map(() => zeros));
    return rows.map((row) => `Row ${row} of ${table} holds zeros in the place of text.`);
  });
}

function identityOf(connection: Sqlite.Database): Identity {
  const tables = tablesOf(connection);
  if (!tables.includes('settings') || !tables.includes('users')) return { id: null, isSetUp: false };
  const value = connection
    .prepare<[], string>("select value from settings where key = 'instance_id'")
    .pluck()
    .get();
  const id: unknown = value === undefined ? null : JSON.parse(value);
  const admins = connection
    .prepare('select count(*) from users where roles like \'%"admin"%\'')
    .pluck()
    .get();
  return { id: typeof id === 'string' ? id : null, isSetUp: Number(admins) > 0 };
}
