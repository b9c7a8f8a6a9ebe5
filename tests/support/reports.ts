/** A P0 with everything its report needs, for tests that start at a later step of its way. */
import type { ReportSection } from '../../db/words.ts';
import { reportSections } from '../../db/words.ts';
import type { Context } from '../../src/domain/context.ts';
import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { resolveIncident } from '../../src/domain/incidents/post-update.ts';
import { recordMilestones } from '../../src/domain/milestones/record-milestones.ts';
import { classifyReport } from '../../src/domain/reports/classify-report.ts';
import { readReport } from '../../src/domain/reports/read-report.ts';
import { reviewReport } from '../../src/domain/reports/review-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { submitReport } from '../../src/domain/reports/submit-report.ts';
import { lastWords, open, type People } from './incidents.ts';
import { minutesLater } from './world.ts';

export const sections = (say: (section: ReportSection) => string = (section) => `About ${section}.`) =>
  Object.fromEntries(
    reportSections.map((section) => [
      section,
      { en: { text: say(section) }, de: { text: `Zu ${section}.` } },
    ]),
  );

/** Opened, classified as P0 and resolved an hour later; returns its id. */
export async function resolvedP0({ csup, sre }: People, more: object = {}): Promise<string> {
  const { id } = await open(csup, more);
  await classifyIncident(sre, id, { priority: 'P0', reason: 'Everything is down.' });
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
export async function inReview(people: People): Promise<{ incident: string; report: string }> {
  const incident = await resolvedP0(people);
  const { engineer, manager } = people;
  const later = { engineer: minutesLater(engineer, 120), manager: minutesLater(manager, 120) };
  const { id } = await saveReport(later.engineer, incident, complete(engineer.actor.userId));
  await classifyReport(later.manager, id, { classification: 'public', reason: 'It is a P0.' });
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
