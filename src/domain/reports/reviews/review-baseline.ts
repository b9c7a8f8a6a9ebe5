/** What a manager's eyes have seen already, so that a review starts with what is new (G-24). */
import type { ReportContent } from '../digest.ts';
import type { TeamReport } from '../read-report.ts';

export type ReviewBaseline =
  | { kind: 'review'; at: Date; content: ReportContent }
  | { kind: 'version'; version: number; content: ReportContent };

/** The state that this person reviewed last before the present one, else the published version; null when all is new. */
export function reviewBaseline(
  { revisions, reviews, submitted }: Pick<TeamReport, 'revisions' | 'reviews' | 'submitted'>,
  userId: string | null,
): ReviewBaseline | null {
  const before = revisions.filter(({ id }) => id !== submitted?.id);
  for (const revision of before) {
    const own = reviews.find(
      (review) => review.revisionId === revision.id && review.reviewerId === userId && userId !== null,
    );
    if (own)
      return {
        kind: 'review',
        at: own.changesRequestedAt ?? own.createdAt,
        content: JSON.parse(revision.content),
      };
  }
  const published = before.find(({ version }) => version !== null);
  return published?.version
    ? { kind: 'version', version: published.version, content: JSON.parse(published.content) }
    : null;
}
