/** More rows than a list shows, written directly as copies of what the verbs made once. */
import { newId } from '../../db/ids.ts';
import type { Tables } from '../../db/schema.ts';
import type { Store } from '../../db/store.ts';

type Row<Name extends 'incidents' | 'reports' | 'postmortemMeetings' | 'remediationItems'> =
  Tables[Name]['$inferSelect'];

const partLength = 50;

async function inParts<T>(rows: readonly T[], insert: (part: T[]) => PromiseLike<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += partLength)
    await insert(rows.slice(from, from + partLength));
}

const found = <T>(row: T | undefined): T => {
  if (!row) throw new Error('Nothing to copy.');
  return row;
};

/** Incidents like the first one, without updates. Returns their ids. */
export async function copyIncidents(
  store: Store,
  count: number,
  change: (at: number) => Partial<Row<'incidents'>>,
): Promise<string[]> {
  const row = found((await store.read.select().from(store.tables.incidents).limit(1))[0]);
  const rows = Array.from({ length: count }, (_, at) => ({
    ...row,
    number: null,
    ...change(at),
    id: newId(),
  }));
  await store.transaction(({ db, tables }) =>
    inParts(rows, (part) => db.insert(tables.incidents).values(part)),
  );
  return rows.map(({ id }) => id);
}

/** Reports like the first one, each of an incident like the first one. */
export async function copyReports(
  store: Store,
  count: number,
  change: (at: number) => Partial<Row<'reports'>>,
): Promise<void> {
  const row = found((await store.read.select().from(store.tables.reports).limit(1))[0]);
  const ids = await copyIncidents(store, count, () => ({}));
  const rows = ids.map((incidentId, at) => ({
    ...row,
    slug: null,
    number: null,
    ...change(at),
    id: newId(),
    incidentId,
  }));
  await store.transaction(({ db, tables }) =>
    inParts(rows, (part) => db.insert(tables.reports).values(part)),
  );
}

/** Meetings like the first one, each on a version of its report. */
export async function copyMeetings(
  store: Store,
  count: number,
  change: (at: number) => Partial<Row<'postmortemMeetings'>>,
): Promise<void> {
  const { read, tables } = store;
  const meeting = found((await read.select().from(tables.postmortemMeetings).limit(1))[0]);
  const revision = found((await read.select().from(tables.reportRevisions).limit(1))[0]);
  const versions = Array.from({ length: count }, (_, at) => at + 1_000);
  await store.transaction(async ({ db }) => {
    await inParts(versions, (part) =>
      db
        .insert(tables.reportRevisions)
        .values(part.map((version) => ({ ...revision, id: newId(), sequence: version, version }))),
    );
    const rows = versions.map((reportVersion, at) => ({
      ...meeting,
      ...change(at),
      id: newId(),
      reportVersion,
    }));
    await inParts(rows, (part) => db.insert(tables.postmortemMeetings).values(part));
  });
}

/** Actions like the first one, of the same problem. */
export async function copyItems(
  store: Store,
  count: number,
  change: (at: number) => Partial<Row<'remediationItems'>>,
): Promise<void> {
  const row = found((await store.read.select().from(store.tables.remediationItems).limit(1))[0]);
  const rows = Array.from({ length: count }, (_, at) => ({ ...row, ...change(at), id: newId() }));
  await store.transaction(({ db, tables }) =>
    inParts(rows, (part) => db.insert(tables.remediationItems).values(part)),
  );
}

/** Notices of the first incident to this person. */
export async function plantNotices(store: Store, count: number, userId: string, now: Date): Promise<void> {
  const { id: incidentId } = found((await store.read.select().from(store.tables.incidents).limit(1))[0]);
  await store.transaction(({ db, tables }) =>
    db.insert(tables.notices).values(
      Array.from({ length: count }, (_, at) => ({
        id: newId(),
        userId,
        incidentId,
        kind: 'report_published' as const,
        reference: `planted ${at}`,
        createdAt: now,
      })),
    ),
  );
}

/** Accepted hand-overs from one person to another, newer than what `after` is. */
export async function plantHandOvers(
  store: Store,
  count: number,
  people: { fromId: string; toId: string; after: Date },
): Promise<void> {
  const { fromId, toId, after } = people;
  await store.transaction(({ db, tables }) =>
    db.insert(tables.handOvers).values(
      Array.from({ length: count }, (_, at) => {
        const createdAt = new Date(after.getTime() + (at + 1) * 60_000);
        const of = { fromId, toId, duty: 'csup' as const, note: '', promiseIds: [] };
        return { ...of, id: newId(), createdAt, acceptedAt: createdAt };
      }),
    ),
  );
}
