/** What happens again, and what a known cause asks for: on both engines, with its audit entries. */
import { expect, test } from 'vitest';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { changeProblem } from '../../src/domain/reports/problems/change-problem.ts';
import { closeProblem } from '../../src/domain/reports/problems/close-problem.ts';
import { listProblems } from '../../src/domain/reports/problems/list-problems.ts';
import { readProblem } from '../../src/domain/reports/problems/read-problem.ts';
import { describeEachEngine } from '../support/engines.ts';
import { open, type People, statusPage } from '../support/incidents.ts';
import { problemOf } from '../support/reports.ts';
import { minutesLater } from '../support/world.ts';
import { audits, refusal, refusedBy } from './accounts-support.ts';

const days = (count: number): number => count * 24 * 60;

/** The problem that a P1 opens so many days from now. */
async function urgent({ csup, sre }: People, day = 0): Promise<string> {
  const { id } = await open(minutesLater(csup, days(day)));
  await classifyIncident(minutesLater(sre, days(day)), id, { priority: 'P1', reason: 'Important.' });
  return problemOf(sre, id);
}

describeEachEngine('R-091: a critical problem must never occur twice', (bench) => {
  test('the same root cause tag within 180 days is suggested as a repeat, with the way to the earlier problem', async () => {
    const people = await statusPage(bench.store);
    const first = await urgent(people);
    const second = await urgent(people, 180);
    const third = await urgent(people, 361);
    const now = minutesLater(people.sre, days(362));
    const repeats = async (id: string) => (await readProblem(now, id)).repeats.map((one) => one.id);
    await changeProblem(now, first, { causeTag: 'certificate' });
    expect(await repeats(second)).toEqual([]);
    await changeProblem(now, second, { causeTag: ' Certificate ' });
    await changeProblem(now, third, { causeTag: 'certificate' });
    expect([await repeats(first), await repeats(second), await repeats(third)]).toEqual([[], [first], []]);
    const flagged = (await listProblems(now)).problems.map(({ id, repeats: count }) => [id, count]);
    expect(flagged).toContainEqual([second, 1]);
    expect(flagged).toContainEqual([third, 0]);
  });
});

describeEachEngine('R-067, R-129: what a problem asks for', (bench) => {
  test('R-067: a P0 or P1 without a subject-matter expert warns until one is named', async () => {
    const people = await statusPage(bench.store);
    const { sre, engineer } = people;
    const problem = await urgent(people);
    expect((await listProblems(sre)).problems[0]?.flags).toContain('expert_missing');
    await changeProblem(sre, problem, { expert: engineer.actor.userId });
    expect((await readProblem(sre, problem)).flags).not.toContain('expert_missing');
  });

  test('R-129: cause set and no item is red, and not closed; with a reason it is, and audited', async () => {
    const people = await statusPage(bench.store);
    const { sre, manager } = people;
    const problem = await urgent(people);
    expect((await readProblem(sre, problem)).flags).not.toContain('plan_missing');
    await changeProblem(sre, problem, { cause: 'A cable was cut.' });
    expect((await listProblems(sre)).problems[0]?.flags).toContain('plan_missing');
    expect(await refusal(closeProblem(manager, problem))).toEqual(refusedBy('conflict', 'problem_open'));
    await changeProblem(sre, problem, { nothingNeededReason: 'The building is gone.' });
    await closeProblem(manager, problem, { reason: 'Nothing is left to do.' });
    expect((await audits(bench.store)).slice(-2)).toMatchObject([
      { action: 'problem.changed', change: { after: { nothingNeededReason: 'The building is gone.' } } },
      { action: 'problem.closed', change: { reason: 'Nothing is left to do.' } },
    ]);
  });
});
