/**
 * Rows that nobody ordered, the other way round. Neither engine promises an order without `order by`: it changes when freed
 * space is taken again or another plan is chosen, then a list stands in another order and a first row is another one. Who
 * leans on the order in which the engines happen to answer fails here each time, not once in a hundred runs.
 */
import Sqlite from 'better-sqlite3';
import pg from 'pg';

let isReversed = false;

/** From now on, for every connection of this process that asks its first statement later. */
export function reverseUnordered(): void {
  if (isReversed) return;
  isReversed = true;
  reverseSqlite();
  reversePostgres();
}

/** SQLite has a setting made for this; it holds inside of a statement too: in subqueries, and for what a limit leaves. */
function reverseSqlite(): void {
  const known = new WeakSet<Sqlite.Database>();
  const { prepare } = Sqlite.prototype;
  const reversed = function prepareReversed(this: Sqlite.Database, source: string) {
    if (!known.has(this)) {
      known.add(this);
      this.pragma('reverse_unordered_selects = ON');
    }
    return prepare.call(this, source);
  };
  Object.defineProperty(Sqlite.prototype, 'prepare', { value: reversed });
}

type Query = (this: pg.Client, asked: string | { text?: string }, ...rest: unknown[]) => unknown;
type Answered = (error: unknown, result: pg.QueryResult | undefined) => void;

/** PostgreSQL has none, so its answers are turned round: rows as arrays and as objects, by promise and by callback. */
function reversePostgres(): void {
  const query = pg.Client.prototype.query as unknown as Query;
  const reversed: Query = function queryReversed(asked, ...rest) {
    const text = typeof asked === 'string' ? asked : asked.text;
    if (text === undefined || !isUnordered(text)) return query.call(this, asked, ...rest);
    const answered = rest.at(-1) as Answered | undefined;
    if (typeof answered !== 'function')
      return (query.call(this, asked, ...rest) as Promise<pg.QueryResult>).then(turned);
    const turning: Answered = (error, result) => answered(error, result && turned(result));
    return query.call(this, asked, ...rest.slice(0, -1), turning);
  };
  Object.defineProperty(pg.Client.prototype, 'query', { value: reversed });
}

function turned(result: pg.QueryResult): pg.QueryResult {
  result.rows.reverse();
  return result;
}

const quoted = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g;

/** Whether a statement that gives rows asks for no order outside of its parentheses. */
function isUnordered(text: string): boolean {
  let outermost = text.replace(quoted, '_');
  for (let before = ''; before !== outermost; ) {
    before = outermost;
    outermost = before.replace(/\([^()]*\)/g, '_');
  }
  return /^\s*(select|with)\b|\breturning\b/i.test(outermost) && !/\border\s+by\b/i.test(outermost);
}
