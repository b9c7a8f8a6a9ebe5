import { newId } from '../../../../db/ids.ts';
import type { EscalationTarget, LogEntryKind } from '../../../../db/words.ts';
import type { Given } from '../../core/act.ts';
import type { AuditAction } from '../../core/audit/action.ts';
import { invalid } from '../../core/errors.ts';

/** Adds an entry to an incident's log, with its trace in the audit. There is no way to change or remove one. Returns its id and its time. */
export async function writeEntry<Audits extends AuditAction>(
  { tx, context, audit }: Given<Audits>,
  incident: { id: string; isRestricted: boolean },
  entry: {
    kind: LogEntryKind;
    action: Audits;
    text: string;
    toWhom?: string | undefined;
    target?: EscalationTarget;
    at?: string | undefined;
  },
): Promise<{ entryId: string; at: Date }> {
  const at = entry.at ? new Date(entry.at) : context.now;
  if (at > context.now) throw invalid('at', 'in_future');
  const { kind, text, toWhom = '', target = null } = entry;
  const entryId = newId();
  await tx.db.insert(tx.tables.logEntries).values({
    id: entryId,
    incidentId: incident.id,
    kind,
    target,
    toWhom,
    text,
    at,
    createdBy: context.actor.userId,
    createdAt: context.now,
  });
  await audit({
    action: entry.action,
    subjectType: 'incident',
    subjectId: incident.id,
    after: { entry: entryId, at, text, ...(toWhom ? { toWhom } : {}), ...(target ? { target } : {}) },
    restrictedTo: incident.isRestricted ? incident.id : null,
  });
  return { entryId, at };
}
