import { createHash } from 'node:crypto';
import { desc } from 'drizzle-orm';
import { builtOnce } from '../../../../db/built-once.ts';
import type { Transaction } from '../../../../db/store.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Context } from '../context.ts';
import type { AuditAction, AuditSubject } from './action.ts';
import { readSignedHead, writeSignedHead } from './head.ts';
import type { Head } from './seal.ts';

export interface AuditEvent {
  action: AuditAction;
  subjectType: AuditSubject;
  subjectId: string;
  before?: unknown;
  after?: unknown;
  reason?: string;
  /** The restricted incident or category this belongs to. */
  restrictedTo?: string | null;
}

const newestEntry = builtOnce(({ read, tables: { auditEntries } }) =>
  read
    .select({ sequence: auditEntries.sequence, hash: auditEntries.hash })
    .from(auditEntries)
    .orderBy(desc(auditEntries.sequence))
    .limit(1),
);

export const firstHash = '0'.repeat(64);

/** Seals the event into the chain, inside the transaction of the change it tells of. Anonymous acts are the system's. */
export async function appendAudit(tx: Transaction, context: Context, event: AuditEvent): Promise<void> {
  const [last] = await newestEntry(tx, {});
  const { actor } = context;
  const before = await newestBefore(tx, last ?? null);
  const entry = {
    sequence: before.sequence + 1,
    at: context.now,
    actorKind: actor.kind === 'anonymous' ? ('system' as const) : actor.kind,
    actorId: actor.userId,
    action: event.action,
    subjectType: event.subjectType,
    subjectId: event.subjectId,
    restrictedTo: event.restrictedTo ?? null,
    change: canonicalJson({
      before: event.before,
      after: event.after,
      reason: event.reason,
      credential: actor.kind === 'token' ? actor.credentialId : undefined,
    }),
    previousHash: before.hash,
  };
  const hash = hashEntry(entry);
  await tx.db.insert(tx.tables.auditEntries).values({ ...entry, hash });
  if (context.seal) await writeSignedHead(tx, context.seal, { sequence: entry.sequence, hash }, context.now);
}

/** What the chain goes on from. Where the newest entries were cut off it goes on from the one that was signed, so that the gap stays for good. */
async function newestBefore(tx: Transaction, last: Head | null): Promise<Head> {
  const signed = await readSignedHead(tx);
  if (signed && signed.sequence >= (last?.sequence ?? 0)) return signed;
  return last ?? { sequence: 0, hash: firstHash };
}

export interface SealedFields {
  sequence: number;
  at: Date;
  actorKind: string;
  actorId: string | null;
  action: string;
  subjectType: string;
  subjectId: string;
  restrictedTo: string | null;
  change: string;
  previousHash: string;
}

/** SHA-256 over the fields in a fixed order, one a line as JSON, so that no field can borrow from its neighbour. */
export function hashEntry(entry: SealedFields): string {
  const fields = [
    entry.sequence,
    entry.at.toISOString(),
    entry.actorKind,
    entry.actorId,
    entry.action,
    entry.subjectType,
    entry.subjectId,
    entry.restrictedTo,
    entry.change,
    entry.previousHash,
  ];
  return createHash('sha256')
    .update(fields.map((field) => JSON.stringify(field)).join('\n'))
    .digest('hex');
}

/** Personal data enters the chain only as this, so that it can be erased elsewhere. Salted with the subject's id. */
export const digestOf = (subjectId: string, value: string): string =>
  `sha256:${createHash('sha256').update(`${subjectId}:${value}`).digest('hex').slice(0, 32)}`;
