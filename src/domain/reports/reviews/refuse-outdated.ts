import type { Tables } from '../../../../db/schema.ts';
import { DomainError } from '../../core/errors.ts';
import { contentBytes, digestOfContent, type ReportContent } from '../digest.ts';
import { compareContent } from './compare-content.ts';

type Revision = Pick<Tables['reportRevisions']['$inferSelect'], 'digest' | 'content'>;

/**
 * Refuses (409) to decide on a digest that is not what stands now, and tells what changed between what was read and the
 * present state, so that the second look starts where the first ended.
 */
export function refuseOutdated(revisions: readonly Revision[], content: ReportContent, digest: string): void {
  const present = digestOfContent(contentBytes(content));
  const submitted = revisions[0] ?? null;
  if (submitted && submitted.digest === present && digest === present) return;
  const seen = revisions.find((revision) => revision.digest === digest);
  throw new DomainError('conflict', 'approval_outdated', {
    details: {
      digest: submitted?.digest ?? null,
      present,
      yours: digest,
      changes: seen ? compareContent(JSON.parse(seen.content), content) : [],
    },
  });
}
