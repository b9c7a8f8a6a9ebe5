import { eq, sql } from 'drizzle-orm';
import { actOn, type Given } from '../../core/act.ts';
import type { AuditAction } from '../../core/audit/action.ts';
import { DomainError } from '../../core/errors.ts';
import { refuseStale } from '../../core/lock.ts';
import { isPublicIncident } from '../../core/visibility.ts';
import { findIncident } from '../find-incident.ts';
import { giveReasonInput } from './not-public-input.ts';

type Found = Awaited<ReturnType<typeof findIncident>>;

/** Says why an incident stays out of the public page, so that it leaves the list of those that should be public. */
export const giveReason = actOn({
  permission: 'incidents.record',
  input: giveReasonInput,
  audits: ['incident.kept-unpublished'],
  async work(given, id, { version, reason }) {
    const incident = await findIncident(given.tx, given.context, id);
    refuseStale(version, incident, { reason: incident.notPublicReason }, { reason: reason.trim() });
    return change(given, incident, reason.trim(), 'incident.kept-unpublished');
  },
});

/** Takes the reason back: the incident stands in the list again. */
export const revokeReason = actOn({
  permission: 'incidents.record',
  audits: ['incident.reason-revoked'],
  async work(given, id) {
    const incident = await findIncident(given.tx, given.context, id);
    if (incident.notPublicReason === null) throw new DomainError('conflict', 'no_reason_given');
    return change(given, incident, null, 'incident.reason-revoked');
  },
});

/** Sets or clears the reason with who and when; refused once the incident is public. */
async function change<Audits extends AuditAction>(
  { tx, context, audit }: Given<Audits>,
  incident: Found,
  reason: string | null,
  action: Audits,
): Promise<{ id: string }> {
  const { id } = incident;
  const { incidents } = tx.tables;
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
  await audit({
    action,
    subjectType: 'incident',
    subjectId: id,
    before: { notPublicReason: incident.notPublicReason },
    after: { notPublicReason: reason },
    restrictedTo: incident.isRestricted ? id : null,
  });
  return { id };
}
