import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../../../db/store.ts';
import { wordsIn } from '../../../i18n/words.ts';
import { appendAudit } from '../../core/audit/append.ts';
import type { Context } from '../../core/context.ts';
import { languageOfActor } from '../../people/users/language-of-actor.ts';
import type { findIncident } from '../find-incident.ts';

type Found = Awaited<ReturnType<typeof findIncident>>;

/**
 * What was taken back was a false alarm: customers are not affected, and that is why nothing of it is public, so
 * that the desk asks nobody for it any more. Without a reason the sentence of the desk stands in its place.
 */
export async function recordMistake(
  tx: Transaction,
  context: Context,
  incident: Found,
  given: string | undefined,
): Promise<void> {
  const { incidents } = tx.tables;
  const sentence = wordsIn[await languageOfActor(tx, context)].notPublic.mistake[incident.kind].reason;
  const reason = given?.trim() || sentence;
  await tx.db
    .update(incidents)
    .set({
      affectsCustomers: false,
      notPublicReason: reason,
      notPublicBy: context.actor.userId,
      notPublicAt: context.now,
      version: sql`${incidents.version} + 1`,
    })
    .where(eq(incidents.id, incident.id));
  await appendAudit(tx, context, {
    action: 'incident.kept-unpublished',
    subjectType: 'incident',
    subjectId: incident.id,
    before: { notPublicReason: incident.notPublicReason, affectsCustomers: incident.affectsCustomers },
    after: { notPublicReason: reason, affectsCustomers: false },
    restrictedTo: incident.isRestricted ? incident.id : null,
  });
}
