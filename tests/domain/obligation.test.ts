/** The rule of what is owed stands as SQL beside its rule of a row: both say the same of every report there can be. */

import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { priorities, reportStates } from '../../db/words.ts';
import { areOnTheirWay, areOwed, obligationOf } from '../../src/domain/reports/obligations/obligation.ts';
import { copyIncidents } from '../support/beyond-limits.ts';
import { describeEachEngine } from '../support/engines.ts';
import { statusPage } from '../support/incidents.ts';
import { resolvedP0 } from '../support/reports.ts';

describeEachEngine('a report is owed', (bench) => {
  test('as SQL exactly where it is owed as a row', async () => {
    await resolvedP0(await statusPage(bench.store));
    const { tables, read } = bench.store;
    const { reports, incidents } = tables;
    const [one] = await read.select().from(reports);
    if (!one) throw new Error('no report');
    const combinations = priorities.flatMap((priority) =>
      [true, false, null].flatMap((isRequired) =>
        [null, ...reportStates].flatMap((state) =>
          [null, one.createdAt].map((closedAt) => ({ priority, isRequired, state, closedAt })),
        ),
      ),
    );
    const ids = await copyIncidents(bench.store, combinations.length, (at) => ({
      priority: combinations[at]?.priority,
    }));
    const rows = combinations.map(({ priority: _, ...facts }, at) => ({
      ...one,
      ...facts,
      id: newId(),
      incidentId: ids[at] ?? '',
      publishedAt: facts.state === 'published' ? one.createdAt : null,
    }));
    await bench.store.transaction((tx) => tx.db.insert(reports).values(rows));
    const all = await read
      .select({ report: reports, priority: incidents.priority })
      .from(reports)
      .innerJoin(incidents, eq(reports.incidentId, incidents.id));
    const found = await read
      .select({ id: reports.id })
      .from(reports)
      .innerJoin(incidents, eq(reports.incidentId, incidents.id))
      .where(areOwed(tables));
    const owed = all.filter(({ report, priority }) => obligationOf(priority, report).isOwed);
    expect(found.map(({ id }) => id).sort()).toEqual(owed.map(({ report }) => report.id).sort());
    expect(owed.length).toBeGreaterThan(20);
    const onTheirWay = await read
      .select({ id: reports.id })
      .from(reports)
      .innerJoin(incidents, eq(reports.incidentId, incidents.id))
      .where(and(areOwed(tables), areOnTheirWay(tables)));
    expect(onTheirWay).toHaveLength(owed.filter(({ report }) => report.state !== 'published').length);
  });
});
