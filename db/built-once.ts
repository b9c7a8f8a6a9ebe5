import type { Tables } from './schema.ts';
import type { Reader } from './store.ts';

interface From {
  tables: Tables;
  read: Pick<Reader, 'select'>;
}

interface Built<R> {
  prepare: (name: string) => { execute: (values: Record<string, unknown>) => Promise<R> };
}

/**
 * A read whose SQL is written once for each connection instead of at every call: for what nearly every request or change asks.
 * What differs from call to call stands in it as `sql.placeholder`. On PostgreSQL each transaction is a connection of its own
 * to drizzle, so it is written anew in each. SQLite compiles each text once for a connection. Writing and compiling were more
 * than half of the CPU time of a write.
 */
export function builtOnce<V extends Record<string, unknown>, R>(
  build: (from: From) => Built<R>,
): (from: From, values: V) => Promise<R> {
  const built = new WeakMap<From['read'], ReturnType<Built<R>['prepare']>>();
  return (from, values) => {
    const { read } = from;
    const query = built.get(read) ?? build(from).prepare('');
    built.set(read, query);
    return query.execute(values);
  };
}
