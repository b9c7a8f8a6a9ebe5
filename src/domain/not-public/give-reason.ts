import { eq, sql } from 'drizzle-orm';
import type { AuditAction } from '../audit/action.ts';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { DomainError } from '../core/errors.ts';
import { refuseStale } from '../core/lock.ts';
import { parse } from '../core/parse.ts';
import { isPublicIncident } from '../core/visibility.ts';
import { findIncident } from '../incidents/find-incident.ts';
import { giveReasonInput } from './not-public-input.ts';

type Found = Awaited<ReturnType<typeof findIncident>>;

/** Says why an incident stays out of the public page, so that it leaves the list of those that should be public. */
export async function giveReason(context: Context, id: string, input: unknown): Promise<{ id: string }> {
  authorize(context, 'incidents.log');
  const wanted = parse(giveReasonInput, input);
  return change(context, id, 'incident.kept-unpublished', wanted.version, () => wanted.reason.trim());
}

/** Takes the reason back: the incident stands in the list again. */
export async function revokeReason(context: Context, id: string): Promise<{ id: string }> {
  authorize(context, 'incidents.log');
  return change(context, id, 'incident.reason-revoked', undefined, ({ notPublicReason }) => {
    if (notPublicReason === null) throw new DomainError('conflict', 'no_reason_given');
    return null;
  });
}

/** Sets or clears the reason with who and when; refused once the incident is public. */
async function change(
  context: Context,
  id: string,
  action: AuditAction,
  version: number | undefined,
  reasonOf: (incident: Found) => string | null,
): Promise<{ id: string }> {
  return context.store.transaction(async (tx) => {
    const { incidents } = tx.tables;
    const incident = await findIncident(tx, context, id);
    const reason = reasonOf(incident);
    refuseStale(version, incident, { reason: incident.notPublicReason }, { reason });
    if (isPublicIncident(incident, context.now)) throw new DomainError('conflict', 'already_public');
    const by = reason === null ? null : context.actor.userId;
    const at = reason === null ? null : context.now;
    await tx.db
      .update(incidents)
      .set({
        notPublicReason: reason,
        notPublicBy: by,
        notPublicAt: at,
        version: sql`${incidents.version} + 1`,
      })
      .where(eq(incidents.id, id));
    await appendAudit(tx, context, {
      action,
      subjectType: 'incident',
      subjectId: id,
      before: { notPublicReason: incident.notPublicReason },
      after: { notPublicReason: reason },
      restrictedTo: incident.isRestricted ? id : null,
    });
    return { id };
  });
}
