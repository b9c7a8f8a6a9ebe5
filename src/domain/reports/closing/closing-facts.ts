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

/** The facts behind `obstaclesOf`, with the report and the decisions they come from. Two queries. */
export async function readClosingFacts(from: From, incident: Subject, now: Date) {
  const { reports, jointDecisions } = from.tables;
  const [report] = await from.read.select().from(reports).where(eq(reports.incidentId, incident.id));
  const decisions = await from.read
    .select()
    .from(jointDecisions)
    .where(eq(jointDecisions.incidentId, incident.id))
    .orderBy(desc(jointDecisions.proposedAt), desc(jointDecisions.id));
  const out = incident.updates.find((update) => isOut(update, now));
  const facts: ClosingFacts = {
    kind: incident.kind,
    priority: incident.priority,
    isReviewed: incident.isReviewed,
    phase: out?.phase ?? null,
    isHeld: incident.updates.some((update) => !isOut(update, now)),
    hasReason: incident.notPublicReason !== null,
    isUnreleased: isUnreleased(incident, now),
    report: report ?? null,
    isNotReleased: decisions.some(({ kind, agreedAt }) => kind === 'not_release' && agreedAt !== null),
  };
  return { facts, report: report ?? null, decisions };
}
