/** A P0 with everything its report needs, for tests that start at a later step of its way. */
import type { ReportSection } from '../../db/words.ts';
import { reportSections } from '../../db/words.ts';
import type { Context } from '../../src/domain/core/context.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { resolveIncident } from '../../src/domain/incidents/updates/post-update.ts';
import { validatePriority } from '../../src/domain/incidents/validate-priority.ts';
import { classifyReport } from '../../src/domain/reports/classify-report.ts';
import { recordMilestones } from '../../src/domain/reports/milestones/record-milestones.ts';
import { decideReport } from '../../src/domain/reports/obligations/decide-report.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { addItem } from '../../src/domain/reports/remediation/add-item.ts';
import { publishReport } from '../../src/domain/reports/reviews/publish-report.ts';
import { reviewReport } from '../../src/domain/reports/reviews/review-report.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { lastWords, open, type People } from './incidents.ts';
import { asUser, minutesLater } from './world.ts';

export const sections = (say: (section: ReportSection) => string = (section) => `About ${section}.`) =>
  Object.fromEntries(
    reportSections.map((section) => [
      section,
      { en: { text: say(section) }, de: { text: `Zu ${section}.` } },
    ]),
  );

/** Opened, classified as P0 and resolved an hour later; returns its id. */
export const resolvedP0 = (people: People, more: object = {}): Promise<string> =>
  resolvedAs('P0', people, more);

async function resolvedAs(
  priority: 'P0' | 'P1',
  { csup, sre, manager }: People,
  more: object,
): Promise<string> {
  const { id } = await open(csup, more);
  await classifyIncident(sre, id, { priority, reason: 'Everything is down.' });
  // Of a restricted one a manager sees nothing.
  const isHidden = 'category' in more && more.category === 'keys';
  await validatePriority(isHidden ? await asUser(csup.store, ['security', 'sre']) : manager, id);
  await resolveIncident(minutesLater(csup, 60), id, lastWords);
  const at = (minutes: number): string => minutesLater(sre, minutes).now.toISOString();
  await recordMilestones(minutesLater(sre, 90), id, {
    detected: at(2),
    diagnosed: at(24),
    recovered: at(60),
    verified: at(72),
  });
  return id;
}

/** Everything that a submission asks for. */
export const complete = (author: string | null) => ({
  title: { en: 'API calls failed', de: 'API-Anfragen schlugen fehl' },
  sections: sections(),
  entries: [
    {
      at: '2026-11-20T02:12:00.000Z',
      text: { en: 'The probe fails.', de: 'Die Prüfung schlägt fehl.' },
      isPublic: true,
    },
  ],
  owner: author,
  author,
  ownerFunction: { en: 'Head of Platform', de: 'Leitung Plattform' },
  authorFunction: { en: 'Platform engineering', de: 'Plattform-Technik' },
});

/** The digest of the state that was submitted last. */
export async function submitted(context: Context, id: string): Promise<string> {
  const { submitted: state } = await readReport(context, id);
  if (!state) throw new Error(`Report ${id} was never submitted.`);
  return state.digest;
}

/** A complete report in review, written by the engineer; returns the ids. */
export async function inReview(
  people: People,
  more: object = {},
): Promise<{ incident: string; report: string }> {
  const incident = await resolvedP0(people, more);
  const { engineer, manager } = people;
  const later = { engineer: minutesLater(engineer, 120), manager: minutesLater(manager, 120) };
  const { id } = await saveReport(later.engineer, incident, complete(engineer.actor.userId));
  await classifyReport(later.manager, id, { classification: 'public', reason: 'It is a P0.' });
  await addAction(later.engineer, incident);
  await submitReport(later.engineer, id);
  return { incident, report: id };
}

/** Ticks everything and approves what was submitted. */
export async function approve(context: Context, id: string) {
  return reviewReport(context, id, {
    digest: await submitted(context, id),
    ticks: { content: {}, commitments: {}, presentation: {} },
    decision: 'approve',
  });
}

/** A published report, version 1, with one promised action; returns the ids. */
export async function publishedReport(people: People, more: object = {}) {
  const incident = await resolvedP0(people, more);
  const { engineer, manager, csup } = people;
  const later = minutesLater(engineer, 120);
  const { id } = await saveReport(later, incident, complete(engineer.actor.userId));
  await classifyReport(manager, id, { classification: 'public', reason: 'It is a P0.' });
  const problem = await problemOf(engineer, incident);
  const item = await addItem(later, problem, promise(engineer.actor.userId));
  await submitReport(later, id);
  await approve(minutesLater(manager, 120), id);
  const digest = await submitted(csup, id);
  // The same story is told with a minor impact and with a major one.
  const published = await publishReport(minutesLater(csup, 121), id, { digest, impact: 'keep' });
  return { incident, report: id, problem, item: item.id, slug: published.slug };
}

/** A public action with an owner, due in ten days. */
export const promise = (owner: string | null, more: object = {}) => ({
  action: { en: 'Check certificates before rotation', de: 'Zertifikate vor dem Wechsel prüfen' },
  aim: 'prevents_return',
  owner,
  ownerFunction: { en: 'Platform', de: 'Plattform' },
  dueOn: '2026-11-30',
  isPublic: true,
  ...more,
});

/** An action inside, without which no report of a P0 is submitted. */
export const addAction = async (
  engineer: Context,
  incident: string,
  owner = engineer.actor.userId,
): Promise<string> =>
  (
    await addItem(
      engineer,
      await problemOf(engineer, incident),
      promise(owner, { aim: 'reduces_effect', isPublic: false }),
    )
  ).id;

/** The id of the problem that an incident opened. */
export async function problemOf({ store }: Context, incident: string): Promise<string> {
  const { problemIncidents } = store.tables;
  const rows = await store.read.select().from(problemIncidents);
  const found = rows.find((row) => row.incidentId === incident);
  if (!found) throw new Error(`${incident} opened no problem.`);
  return found.problemId;
}

/** A P1 whose report is asked for, complete and for customers alone, in review; returns the ids. */
export async function forCustomers(people: People, more: object = {}) {
  const incident = await resolvedAs('P1', people, more);
  const { engineer, manager } = people;
  const later = { engineer: minutesLater(engineer, 120), manager: minutesLater(manager, 120) };
  const { id } = await decideReport(later.manager, incident, {
    isRequired: true,
    reason: 'Customers asked.',
  });
  await saveReport(later.engineer, id, { ...complete(engineer.actor.userId), audience: 'customers' });
  await classifyReport(later.manager, id, { classification: 'customers', reason: 'For those affected.' });
  await submitReport(later.engineer, id);
  return { incident, report: id };
}

/** The same, published; returns the ids. */
export async function publishedForCustomers(people: People, more: object = {}) {
  const ids = await forCustomers(people, more);
  const { manager, csup } = people;
  await approve(minutesLater(manager, 121), ids.report);
  const digest = await submitted(csup, ids.report);
  const { slug } = await publishReport(minutesLater(csup, 122), ids.report, { digest });
  return { ...ids, slug };
}
