import { asc, eq, isNotNull, isNull } from 'drizzle-orm';
import { oneOf } from '../../../db/one-of.ts';
import type { Language, Priority } from '../../../db/words.ts';
import { dayOf } from '../../i18n/time.ts';
import { authorize } from '../access/authorize.ts';
import type { Context } from '../context.ts';
import { readSettings } from '../settings/read-settings.ts';
import { visibleProblems } from './find-problem.ts';
import { isSeries, type Occurrence, repeatsOf } from './repeats.ts';
import { owedWhenClosed, type StandingFlag, standingOf } from './standing.ts';
import { standingItem } from './standing-item.ts';

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
  /** How many earlier problems had the same cause in the same place. */
  repeats: number;
  /** The third or later of its place within 30 days. */
  isSeries: boolean;
}

const order = ['P0', 'P1', 'P2', 'P3'] as const;

/** All problems that the actor may see: the open ones first, the oldest of them first. Six queries. */
export async function listProblems(context: Context): Promise<ProblemLine[]> {
  authorize(context, 'problems.read');
  const { tables, read } = context.store;
  const { problems, categories, problemIncidents, incidents, remediationItems, reports, postmortemMeetings } =
    tables;
  const settings = await readSettings(context.store);
  const today = dayOf(context.now, settings.time_zone);
  const rows = await read
    .select()
    .from(problems)
    .where(visibleProblems(context.store, context))
    // The open ones first, so that years of closed ones never hide one.
    .orderBy(asc(isNotNull(problems.closedAt)), asc(problems.openedAt), asc(problems.id))
    .limit(500);
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const names = await read.select().from(categories);
  const links = await read
    .select({
      problemId: problemIncidents.problemId,
      id: incidents.id,
      priority: incidents.priority,
      startedAt: incidents.startedAt,
    })
    .from(problemIncidents)
    .innerJoin(incidents, eq(problemIncidents.incidentId, incidents.id))
    .where(oneOf(problemIncidents.problemId, ids));
  const items = await read.select().from(remediationItems).where(oneOf(remediationItems.problemId, ids));
  const owed = await read
    .select({ incidentId: reports.incidentId })
    .from(postmortemMeetings)
    .innerJoin(reports, eq(postmortemMeetings.reportId, reports.id))
    .where(isNull(postmortemMeetings.heldAt));
  const occurrences = rows.flatMap((problem): Occurrence[] => {
    const starts = links
      .filter((link) => link.problemId === problem.id)
      .map((link) => link.startedAt.getTime());
    return starts.length === 0 ? [] : [{ ...problem, startedAt: new Date(Math.max(...starts)) }];
  });
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
        items: plan.map((item) => standingItem(item, settings)),
        meetingsOwed: owed.filter(({ incidentId }) => own.some(({ id }) => id === incidentId)).length,
      },
      today,
    );
    const latest = occurrences.find(({ id }) => id === problem.id);
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
      flags: problem.closedAt ? owedWhenClosed(flags) : flags,
      repeats: latest ? repeatsOf(latest, occurrences).length : 0,
      isSeries: latest ? isSeries(latest, occurrences) : false,
    };
  });
  return lines;
}
