/** What every room uses: settings, running numbers, the audit, promised work, keys of requests. */
import type { Kit } from '../columns.postgres.ts';
import { auditActorKinds, outboxKinds } from '../words.ts';

export function defineCore(kit: Kit) {
  const { table, text, choice, integer, instant, json, index, primaryKey } = kit;
  const id = () => text().primaryKey();

  /** What the organisation decided: one row per key, defaults live in the settings schema. */
  const settings = table('settings', {
    key: text().primaryKey(),
    value: json<unknown>().notNull(),
    updatedAt: instant().notNull(),
  });

  /** Running numbers that are given at publication only, so that gaps tell nothing. */
  const counters = table('counters', { name: text().primaryKey(), value: integer().notNull() });

  /** Who did what, before and after; append-only, each entry sealed with the hash of the one before. */
  const auditEntries = table(
    'audit_entries',
    {
      sequence: integer().primaryKey(),
      at: instant().notNull(),
      actorKind: choice(auditActorKinds).notNull(),
      actorId: text(),
      action: text().notNull(),
      subjectType: text().notNull(),
      subjectId: text().notNull(),
      /** The incident or category whose readers alone may see this entry. */
      restrictedTo: text(),
      /** Canonical JSON, kept as text because the hash is over these very bytes. */
      change: text().notNull(),
      previousHash: text().notNull(),
      hash: text().notNull(),
    },
    (t) => [
      index('audit_entries_subject').on(t.subjectType, t.subjectId),
      index('audit_entries_action').on(t.action),
    ],
  );

  /** Work that a commit promises: done after it, at least once, with retries. */
  const outbox = table(
    'outbox',
    {
      id: id(),
      kind: choice(outboxKinds).notNull(),
      payload: json<Record<string, unknown>>().notNull(),
      createdAt: instant().notNull(),
      dueAt: instant().notNull(),
      leaseUntil: instant(),
      attempts: integer().notNull(),
      doneAt: instant(),
      lastError: text(),
    },
    (t) => [index('outbox_due').on(t.doneAt, t.dueAt)],
  );

  /** When each line of the timetable runs next, and who runs it now. */
  const jobs = table('jobs', {
    name: text().primaryKey(),
    nextAt: instant().notNull(),
    leaseUntil: instant(),
    attempts: integer().notNull(),
    lastError: text(),
  });

  /** The answer to a request that may come twice, kept for 24 hours. */
  const idempotencyKeys = table(
    'idempotency_keys',
    {
      actorId: text().notNull(),
      key: text().notNull(),
      requestHash: text().notNull(),
      status: integer().notNull(),
      response: json<unknown>().notNull(),
      createdAt: instant().notNull(),
    },
    (t) => [primaryKey({ columns: [t.actorId, t.key] }), index('idempotency_keys_age').on(t.createdAt)],
  );

  return { settings, counters, auditEntries, outbox, jobs, idempotencyKeys };
}
