import { eq, sql } from 'drizzle-orm';
import { newId } from '../../../../db/ids.ts';
import type { Transaction } from '../../../../db/store.ts';
import { actOn } from '../../core/act.ts';
import { dayOf } from '../../core/calendar.ts';
import { DomainError, invalid } from '../../core/errors.ts';
import { enqueue } from '../../core/jobs/enqueue.ts';
import { filled, retyped } from '../../core/localised.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import { isOut, isUnreleased } from '../../core/visibility.ts';
import { raiseImpact } from '../../incidents/raise-impact.ts';
import { touchIncident } from '../../incidents/touch-incident.ts';
import { remindOfMeeting } from '../due/tell-of-meeting.ts';
import { findReport, requireState, restrictedTo } from '../find-report.ts';
import { endOfWorkingDay } from '../obligations/due-day.ts';
import { isPromised } from '../obligations/obligation.ts';
import { contentOf, readRevisions, readWork, type Work } from '../read-work.ts';
import { publishReportInput } from '../report-input.ts';
import { stateAfter } from '../report-way.ts';
import { slugOf } from '../slug.ts';
import { impactAsked } from './impact-asked.ts';
import { refuseOutdated } from './refuse-outdated.ts';

/**
 * Publishes exactly the approved digest: gives address and number at first publication, the next version number after
 * it, and owes the post-mortem meeting. Asks before "P0" stands beside a minor impact in public. Refuses what was
 * edited since with 409. One for everybody waits until something of its incident is public, because nobody could open it.
 */
export const publishReport = actOn({
  permission: 'reports.publish',
  input: publishReportInput,
  audits: ['report.published'],
  async work(
    { tx, context, audit },
    id,
    wanted,
  ): Promise<{ id: string; slug: string; number: string; version: number }> {
    const work = await readWork(tx, await findReport(tx, context, id));
    const { report, incident } = work;
    const next = stateAfter(requireState(work), 'publish');
    const { all, submitted, published } = await readRevisions(tx, report.id);
    // What was approved once and edited since is told apart from what nobody approved.
    if (next || all.some(({ digest, approvedAt }) => digest === wanted.digest && approvedAt))
      refuseOutdated(all, contentOf(work), wanted.digest);
    if (!next || !submitted?.approvedAt) throw new DomainError('conflict', 'report_not_approved');
    if (isUnreleased(incident, context.now)) throw new DomainError('conflict', 'report_restricted');
    const isPublicIncident = isOut(incident, context.now);
    // The world could not open the report of an incident that it may not see.
    if (report.audience === 'public' && !isPublicIncident)
      throw new DomainError('conflict', 'report_incident_hidden');

    const settings = await readSettings(tx);
    const zone = settings.time_zone;
    const slug = report.slug ?? (await freeSlug(tx, work, wanted.slug, zone));
    const impact = impactAsked(report.audience, incident) ? wanted.impact : 'keep';
    if (!impact) throw invalid('impact', 'impact_beside_p0');
    const number = report.number ?? (await nextNumber(tx, dayOf(context.now, zone).slice(0, 4)));
    const version = (published?.version ?? 0) + 1;
    const { reports, reportRevisions, postmortemMeetings } = tx.tables;
    await tx.db
      .update(reportRevisions)
      .set({ version, publishedBy: context.actor.userId, publishedAt: context.now })
      .where(eq(reportRevisions.id, submitted.id));
    await tx.db
      .update(reports)
      .set({
        state: next,
        slug,
        number,
        publishedAt: report.publishedAt ?? context.now,
        publishedFor: report.audience,
        // What the next version changes is written for that one.
        change: retyped({}),
        updatedAt: context.now,
        version: sql`${reports.version} + 1`,
      })
      .where(eq(reports.id, report.id));
    const meeting = {
      id: newId(),
      dueAt: endOfWorkingDay(context.now, settings.meeting_working_days, zone),
    };
    await tx.db.insert(postmortemMeetings).values({
      ...meeting,
      reportId: report.id,
      reportVersion: version,
      outcomes: {},
      decisions: '',
      sharing: [],
    });
    await audit({
      action: 'report.published',
      subjectType: 'report',
      subjectId: report.id,
      after: {
        slug,
        number,
        version,
        digest: submitted.digest,
        audience: report.audience,
        // That the public page says a minor impact was seen and meant.
        impact: wanted.impact === 'keep' ? incident.impact : undefined,
      },
      restrictedTo: restrictedTo(work),
    });
    if (impact !== 'keep') await raiseImpact(tx, context, incident, impact);
    await remindOfMeeting(tx, context, meeting);
    await enqueue(tx, context, { kind: 'tell-report-published', payload: { reportId: report.id, version } });
    // A version for fewer readers than everybody changes no public page, but it may end what was promised in public.
    if (report.audience === 'public' || report.publishedFor === 'public')
      touchIncident(tx, incident, { now: context.now }, 'reports', `report:${slug}`);
    else if (isPromised(incident.priority, report)) touchIncident(tx, incident, { now: context.now });
    return { id: report.id, slug, number, version };
  },
});

/** The wished address, or one made of day and title; a number behind it when that is taken. */
async function freeSlug(
  tx: Transaction,
  work: Work,
  wished: string | undefined,
  zone: string,
): Promise<string> {
  const { reports } = tx.tables;
  const isTaken = async (slug: string): Promise<boolean> =>
    reserved.has(slug) ||
    /^\d{4}$/.test(slug) ||
    (await tx.db.select({ id: reports.id }).from(reports).where(eq(reports.slug, slug))).length > 0;
  if (wished) {
    if (await isTaken(wished)) throw invalid('slug', 'taken');
    return wished;
  }
  const title = Object.values(filled(work.report.title))[0] ?? '';
  const slug = slugOf(dayOf(work.incident.startedAt, zone), title);
  for (let at = 1; ; at += 1) {
    const candidate = at === 1 ? slug : `${slug}-${at}`;
    if (!(await isTaken(candidate))) return candidate;
  }
}

/** Parts of addresses below /reports that are no report. */
const reserved = new Set(['priority', 'category', 'feed', 'link']);

/** "IR-2026-07": counted by year of first publication. */
async function nextNumber(tx: Transaction, year: string): Promise<string> {
  const { counters } = tx.tables;
  const [counter] = await tx.db
    .insert(counters)
    .values({ name: `report-${year}`, value: 1 })
    .onConflictDoUpdate({ target: counters.name, set: { value: sql`${counters.value} + 1` } })
    .returning({ value: counters.value });
  return `IR-${year}-${String(counter?.value ?? 0).padStart(2, '0')}`;
}
