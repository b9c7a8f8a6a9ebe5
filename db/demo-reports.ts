/** Turns the demo's reports into dated acts of people: written, reviewed, published, talked through, and kept. */

import { eq } from 'drizzle-orm';
import { addDays, dayOf, fromLocal } from '../src/domain/core/calendar.ts';
import type { Context } from '../src/domain/core/context.ts';
import { classifyReport } from '../src/domain/reports/classify-report.ts';
import { planMeeting } from '../src/domain/reports/meetings/plan-meeting.ts';
import { recordMeeting } from '../src/domain/reports/meetings/record-meeting.ts';
import { recordMilestones } from '../src/domain/reports/milestones/record-milestones.ts';
import { decideReport } from '../src/domain/reports/obligations/decide-report.ts';
import { changeProblem } from '../src/domain/reports/problems/change-problem.ts';
import { closeProblem } from '../src/domain/reports/problems/close-problem.ts';
import { readReport } from '../src/domain/reports/read-report.ts';
import { addItem } from '../src/domain/reports/remediation/add-item.ts';
import { moveItem } from '../src/domain/reports/remediation/move-item.ts';
import { noteEffectiveness } from '../src/domain/reports/remediation/note-effectiveness.ts';
import { settleItem } from '../src/domain/reports/remediation/settle-item.ts';
import { publishReport } from '../src/domain/reports/reviews/publish-report.ts';
import { reviewReport } from '../src/domain/reports/reviews/review-report.ts';
import { submitReport } from '../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../src/domain/reports/save-report.ts';
import type { DemoItem, DemoMoment, DemoReport, DemoVersion } from './demo-report-content.ts';
import type { Act } from './demo-story.ts';
import { inEachLanguage } from './localised.ts';
import { type RemediationState, type Role, reportSections } from './words.ts';

/** The incident that a report is about, and who and what its acts need. */
export interface ReportSetting {
  start: Date;
  zone: string;
  /** Known once the incident is opened. */
  incidentId: () => string;
  userIds: ReadonlyMap<Role, string>;
  groupId: string;
}

/** How long after the end of an incident its milestones are recorded. */
const minutesToRecord = 90;
const daysToKnowEffect = 14;

/** Everything that happens about one report. */
export function reportActsOf(report: DemoReport, setting: ReportSetting): Act[] {
  const { start, zone, incidentId, userIds } = setting;
  const day = (after: number): string => addDays(dayOf(start, zone), after);
  const on = ({ after_days, at }: DemoMoment): Date => fromLocal(`${day(after_days)}T${at}`, zone);
  const minutesAfter = (minutes: number): string =>
    new Date(start.getTime() + minutes * 60_000).toISOString();
  const act = (at: Date, role: Role, name: string, run: Act['run']): Act => ({
    at,
    role,
    name: `report of ${report.incident}, ${name}`,
    run,
  });
  const { incident: _incident, milestones, versions, items, decision } = report;
  const [first] = versions;
  if (!first) return [];
  const begun = first.written;
  const recorded = Object.fromEntries(
    Object.entries(milestones).map(([milestone, minutes]) => [milestone, minutesAfter(minutes)]),
  );
  const acts = [
    act(new Date(start.getTime() + minutesToRecord * 60_000), 'sre', 'milestones', async (context) => {
      await recordMilestones(context, incidentId(), { ...recorded, pageEnd: 'keep' });
    }),
    act(on({ after_days: 1, at: '10:00' }), 'manager', 'decision', async (context) => {
      if (decision) await decideReport(context, incidentId(), { isRequired: true, reason: decision });
      const reason = 'Customers read what happened, why, and what we change.';
      await classifyReport(context, incidentId(), { classification: 'public', reason });
    }),
    act(on({ after_days: 1, at: '11:00' }), 'engineer', 'problem', async (context) => {
      const { tag, cause } = report.problem;
      const known = { causeTag: tag, cause, expert: userIds.get('engineer'), group: setting.groupId };
      await changeProblem(context, await problemOf(context, incidentId()), known);
    }),
    act(on(begun), 'engineer', 'text', async (context) => {
      await saveReport(context, incidentId(), wholeText(report, userIds, minutesAfter));
    }),
    ...items.flatMap((item) => itemActs(item)),
    ...versions.flatMap((version, at) => versionActs(version, at > 0)),
  ];
  return acts;

  function itemActs(item: DemoItem): Act[] {
    let id = '';
    const settle =
      (state: RemediationState): Act['run'] =>
      async (context) =>
        void (await settleItem(context, id, { state }));
    const later = (after: number | undefined, name: string, run: Act['run']): Act[] =>
      after === undefined ? [] : [act(on({ after_days: after, at: '16:30' }), item.owner, name, run)];
    const { moved, effect, done_after_days: doneAfter } = item;
    const knownAfter =
      effect === undefined || doneAfter === undefined ? undefined : doneAfter + daysToKnowEffect;
    return [
      // Before the text is submitted, because the plan is part of what management approves.
      act(on(begun), 'engineer', 'plan', async (context) => {
        const added = await addItem(context, await problemOf(context, incidentId()), {
          action: item.action,
          aim: item.aim,
          owner: userIds.get(item.owner),
          ownerFunction: item.owner_function,
          group: setting.groupId,
          dueOn: day(item.due_after_days),
          isPublic: true,
        });
        id = added.id;
      }),
      ...later(item.begun_after_days, 'work begins', settle('in_progress')),
      ...later(doneAfter, 'work is done', settle('done')),
      ...later(moved?.after_days, 'deadline moves', async (context) => {
        if (moved) await moveItem(context, id, { dueOn: day(moved.to_after_days), reason: moved.reason });
      }),
      ...later(knownAfter, 'effect', async (context) => {
        await noteEffectiveness(context, id, { text: effect });
      }),
    ];
  }

  function versionActs(version: DemoVersion, isNext: boolean): Act[] {
    const { approved, published, meeting, change, replaced } = version;
    const acts = [
      act(on(version.submitted), 'engineer', 'submitted', async (context) => {
        await submitReport(context, incidentId());
      }),
    ];
    if (isNext)
      acts.unshift(
        act(on(version.written), 'engineer', 'next version', async (context) => {
          const sections = replaced && {
            [replaced.section]: inEachLanguage((language) => ({
              text: report.sections[replaced.section]?.[language].replace(...replaced[language]),
            })),
          };
          await saveReport(context, incidentId(), { change, sections });
        }),
      );
    const digestOf = async (context: Context): Promise<string | undefined> =>
      (await readReport(context, incidentId())).submitted?.digest;
    if (approved)
      acts.push(
        act(on(approved), 'manager', 'approved', async (context) => {
          const ticks = { content: {}, commitments: {}, presentation: {} };
          const digest = await digestOf(context);
          await reviewReport(context, incidentId(), { digest, ticks, decision: 'approve' });
        }),
      );
    if (published)
      acts.push(
        act(on(published), 'csup', 'published', async (context) => {
          await publishReport(context, incidentId(), { digest: await digestOf(context) });
        }),
      );
    if (meeting) acts.push(...meetingActs(meeting));
    return acts;
  }

  function meetingActs({ planned, held, changed, decisions }: NonNullable<DemoVersion['meeting']>): Act[] {
    const people = (['manager', 'engineer', 'sre', 'csup'] as const).flatMap(
      (role) => userIds.get(role) ?? [],
    );
    const meetingId = async (context: Context): Promise<string> => {
      const { postmortemMeetings, reports } = context.store.tables;
      const rows = await context.store.read
        .select({ id: postmortemMeetings.id, heldAt: postmortemMeetings.heldAt })
        .from(postmortemMeetings)
        .innerJoin(reports, eq(postmortemMeetings.reportId, reports.id))
        .where(eq(reports.incidentId, incidentId()));
      return rows.find(({ heldAt }) => heldAt === null)?.id ?? '';
    };
    const ended = new Date(on(held).getTime() + 45 * 60_000);
    return [
      act(on(planned), 'manager', 'meeting planned', async (context) => {
        const plannedFor = on(held).toISOString();
        const lead = userIds.get('manager');
        await planMeeting(context, await meetingId(context), { lead, plannedFor, invited: people });
      }),
      act(ended, 'manager', 'meeting held', async (context) => {
        const outcomes = Object.fromEntries(
          reportSections.map((section) => [section, changed.includes(section) ? 'changed' : 'agreed']),
        );
        const record = { heldAt: on(held).toISOString(), attended: people, outcomes, decisions };
        await recordMeeting(context, await meetingId(context), { ...record, sharing: ['review', 'runbook'] });
      }),
    ];
  }
}

function wholeText(
  report: DemoReport,
  userIds: ReadonlyMap<Role, string>,
  minutesAfter: (count: number) => string,
) {
  const texts = Object.entries(report.sections).map(([section, texts]) => [
    section,
    inEachLanguage((language) => ({ text: texts[language] })),
  ]);
  return {
    title: report.title,
    sections: Object.fromEntries(texts),
    entries: report.entries.map(({ after_minutes, ...text }) => ({
      at: minutesAfter(after_minutes),
      text,
      isPublic: true,
    })),
    owner: userIds.get('engineer'),
    author: userIds.get('engineer'),
    ownerFunction: report.owner_function,
    authorFunction: report.author_function,
  };
}

/** A P1 without a report: the manager decides so, and the engineer ends its problem. */
export function unreportedActs(
  { end, cause, name }: { end: Date; cause: string; name: string },
  { incidentId, userIds, groupId }: Omit<ReportSetting, 'start' | 'zone'>,
): Act[] {
  const after = (hours: number): Date => new Date(end.getTime() + hours * 60 * 60_000);
  const act = (hours: number, role: Role, run: Act['run']): Act => ({ at: after(hours), role, name, run });
  return [
    act(2, 'manager', async (context) => {
      const reason = 'The last message names cause and repair, and nobody has asked for more.';
      await decideReport(context, incidentId(), { isRequired: false, reason });
    }),
    act(3, 'engineer', async (context) => {
      await changeProblem(context, await problemOf(context, incidentId()), {
        cause,
        expert: userIds.get('engineer'),
        group: groupId,
        nothingNeededReason: 'The repair itself took the cause away.',
      });
    }),
    act(4, 'manager', async (context) => {
      await closeProblem(context, await problemOf(context, incidentId()), { reason: 'Cause removed.' });
    }),
  ];
}

async function problemOf({ store }: Context, incidentId: string): Promise<string> {
  const { problemIncidents } = store.tables;
  const [row] = await store.read
    .select({ id: problemIncidents.problemId })
    .from(problemIncidents)
    .where(eq(problemIncidents.incidentId, incidentId));
  return row?.id ?? '';
}
