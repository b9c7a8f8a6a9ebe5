import { desc, eq } from 'drizzle-orm';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import type { IncidentKind, Phase, Priority } from '../../../../db/words.ts';
import { isOut, isUnreleased } from '../../core/visibility.ts';
import type { ClosingFacts } from './closing-rules.ts';

export type From = { tables: Tables; read: Pick<Reader, 'select'> };

interface Subject {
  id: string;
  kind: IncidentKind;
  priority: Priority;
  isReviewed: boolean;
  isRestricted: boolean;
  releasedAt: Date | null;
  notPublicReason: string | null;
  /** Newest first. */
  updates: readonly { phase: Phase; publishedAt: Date }[];
}

type Report = Tables['reports']['$inferSelect'];
type Decision = Tables['jointDecisions']['$inferSelect'];

/** The facts behind `obstaclesOf`, with the report and the decisions they come from, the newest first. Two queries. */
export async function readClosingFacts(from: From, incident: Subject, now: Date) {
  const { reports, jointDecisions } = from.tables;
  const [report] = await from.read.select().from(reports).where(eq(reports.incidentId, incident.id));
  const decisions = await from.read
    .select()
    .from(jointDecisions)
    .where(eq(jointDecisions.incidentId, incident.id))
    .orderBy(desc(jointDecisions.proposedAt), desc(jointDecisions.id));
  return {
    facts: closingFactsOf(incident, { report: report ?? null, decisions }, now),
    report: report ?? null,
    decisions,
  };
}

/** The same of what was read already. Pure. */
export function closingFactsOf(
  incident: Subject,
  { report, decisions }: { report: Report | null; decisions: readonly Decision[] },
  now: Date,
): ClosingFacts {
  const out = incident.updates.find((update) => isOut(update, now));
  return {
    kind: incident.kind,
    priority: incident.priority,
    isReviewed: incident.isReviewed,
    phase: out?.phase ?? null,
    isHeld: incident.updates.some((update) => !isOut(update, now)),
    hasReason: incident.notPublicReason !== null,
    isUnreleased: isUnreleased(incident, now),
    report,
    isNotReleased: decisions.some(({ kind, agreedAt }) => kind === 'not_release' && agreedAt !== null),
  };
}
