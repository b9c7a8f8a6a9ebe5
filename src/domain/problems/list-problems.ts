import { asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Language, Priority } from '../../../db/words.ts';
import { dayOf } from '../../i18n/time.ts';
import { authorize } from '../access/authorize.ts';
import type { Context } from '../context.ts';
import { readSettings } from '../settings/read-settings.ts';
import { visibleProblems } from './find-problem.ts';
import { type StandingFlag, standingOf } from './standing.ts';

/** A problem in the list, with what is wrong with it. */
export interface ProblemLine {
  id: string;
  title: string;
  category: { id: string; slug: string; name: Record<Language, string> };
  priority: Priority;
  openedAt: Date;
  closedAt: Date | null;
  incidents: number;
  items: { done: number; all: number };
  flags: StandingFlag[];
}

const order = ['P0', 'P1', 'P2', 'P3'] as const;

/** All problems that the actor may see: the open ones first, the oldest of them first. Six queries. */
export async function listProblems(context: Context): Promise<ProblemLine[]> {
  authorize(context, 'problems.read');
  const { tables, read } = context.store;
  const { problems, categories, problemIncidents, incidents, remediationItems, reports, postmortemMeetings } =
    tables;
  const { time_zone: zone } = await readSettings(context.store);
  const today = dayOf(context.now, zone);
  const rows = await read
    .select()
    .from(problems)
    .where(visibleProblems(context.store, context))
    .orderBy(asc(problems.openedAt), asc(problems.id))
    .limit(500);
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const names = await read.select().from(categories);
  const links = await read
    .select({ problemId: problemIncidents.problemId, id: incidents.id, priority: incidents.priority })
    .from(problemIncidents)
    .innerJoin(incidents, eq(problemIncidents.incidentId, incidents.id))
    .where(inArray(problemIncidents.problemId, ids));
  const items = await read.select().from(remediationItems).where(inArray(remediationItems.problemId, ids));
  const owed = await read
    .select({ incidentId: reports.incidentId })
    .from(postmortemMeetings)
    .innerJoin(reports, eq(postmortemMeetings.reportId, reports.id))
    .where(isNull(postmortemMeetings.heldAt));
  const lines = rows.map((problem): ProblemLine => {
    const own = links.filter((link) => link.problemId === problem.id);
    const plan = items.filter((item) => item.problemId === problem.id);
    const category = names.find(({ id }) => id === problem.categoryId);
    const priority = order.find((one) => own.some((link) => link.priority === one)) ?? 'P3';
    const flags = standingOf(
      {
        priority,
        isCauseKnown: problem.causeKnownAt !== null,
        hasExpert: problem.expertId !== null,
        hasGroup: problem.groupId !== null,
        nothingNeededReason: problem.nothingNeededReason,
        items: plan.map(({ state, aim, dueOn, ownerId, waivedReason }) => ({
          state,
          aim,
          dueOn,
          hasOwner: ownerId !== null,
          waivedReason,
        })),
        meetingsOwed: owed.filter(({ incidentId }) => own.some(({ id }) => id === incidentId)).length,
      },
      today,
    );
    return {
      id: problem.id,
      title: problem.title,
      category: {
        id: problem.categoryId,
        slug: category?.slug ?? '',
        name: { en: category?.nameEn ?? '', de: category?.nameDe ?? '' },
      },
      priority,
      openedAt: problem.openedAt,
      closedAt: problem.closedAt,
      incidents: own.length,
      items: { done: plan.filter(({ state }) => state === 'done').length, all: plan.length },
      flags: problem.closedAt ? [] : flags,
    };
  });
  return lines.toSorted((a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null));
}
