import { readFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { expect, test } from 'vitest';
import { readIncident } from '../../src/domain/incidents/read-incident.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { publishHeldUpdate } from '../../src/domain/incidents/updates/publish-held-update.ts';
import { type Bench, describeEachEngine } from '../support/engines.ts';
import { open, plan, say, statusPage } from '../support/incidents.ts';
import { minutesLater } from '../support/world.ts';

/** What posting one update may ask of the database; the numbers may only fall. */
const statements = { inOwnWords: 18, fromTemplate: 20, held: 15 };

const texts = {
  en: { title: 'Requests fail', body: 'We found the cause.' },
  de: { title: 'Anfragen schlagen fehl', body: 'Wir haben die Ursache.' },
};

async function count(bench: Bench, work: () => Promise<unknown>): Promise<number> {
  let asked = 0;
  const stop = bench.store.onQuery(() => {
    asked += 1;
  });
  await work();
  stop();
  return asked;
}

async function run(bench: Bench, sql: string): Promise<void> {
  if (bench.store.engine === 'sqlite') {
    const file = new Sqlite(bench.url.replace(/^file:/, ''));
    file.exec(sql);
    file.close();
    return;
  }
  const client = new pg.Client({ connectionString: bench.url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

describeEachEngine('posting an update', (bench) => {
  test('takes no more statements than it did, also the fifth one', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await open(csup);
    await say(minutesLater(csup, 5), id, 'identified');
    for (const minutes of [10, 20, 30]) {
      const now = minutesLater(csup, minutes);
      const isHeld = minutes === 30;
      const inOwnWords = { phase: 'identified', texts, ...(isHeld ? { holdSeconds: 10 } : {}) };
      const asked = await count(bench, () => postUpdate(now, id, inOwnWords));
      expect(asked).toBeLessThanOrEqual(isHeld ? statements.held : statements.inOwnWords);
      if (isHeld) continue;
      const later = minutesLater(now, 5);
      const templated = await count(bench, () => postUpdate(later, id, { occasion: 'no_news', slots: {} }));
      expect(templated).toBeLessThanOrEqual(statements.fromTemplate);
    }
  });

  test('what was held by the version before an upgrade is published with all that waited', async () => {
    const { csup } = await statusPage(bench.store);
    const { id } = await plan(csup);
    const { updateId } = await say(csup, id, 'cancelled', { holdSeconds: 10 });
    const untouched = await open(csup, { holdSeconds: 10, impact: 'major' });
    const { incidentUpdates, outbox } = bench.store.tables;
    const held = await bench.store.read.select().from(incidentUpdates);
    // As the version before kept it: with the promise of the work, not with the update.
    await bench.store.transaction(async (tx) => {
      for (const { id: heldId, waiting } of held.filter((update) => update.waiting)) {
        const jobs = await tx.db.select().from(outbox);
        const job = jobs.find(({ payload }) => payload.updateId === heldId);
        expect(job).toBeDefined();
        await tx.db.delete(outbox);
        const rest = jobs.filter((one) => one !== job);
        await tx.db
          .insert(outbox)
          .values([...rest, ...(job ? [{ ...job, payload: { updateId: heldId, ...waiting } }] : [])]);
      }
      await tx.db.update(incidentUpdates).set({ waiting: null });
    });
    const folder = bench.store.engine === 'sqlite' ? 'sqlite' : 'postgres';
    const migration = readFileSync(`db/migrations/${folder}/0015_what-waits-with-a-held-update.sql`, 'utf8');
    await run(bench, migration.split('--> statement-breakpoint')[1] ?? '');
    const after = await bench.store.read.select().from(incidentUpdates);
    const waits = (rows: typeof held) => new Map(rows.map((row) => [row.id, row.waiting !== null]));
    expect(waits(after)).toEqual(waits(held));
    expect(waits(after).get(updateId)).toBe(true);
    await publishHeldUpdate(minutesLater(csup, 1), { updateId: untouched.updateId });
    expect(await readIncident(minutesLater(csup, 1), untouched.id)).toMatchObject({ impact: 'major' });
  });
});
