import { eq } from 'drizzle-orm';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import { policyWrittenOn } from '../../../i18n/policy.ts';
import type { Context } from '../../core/context.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import type { SettingKey, Settings } from '../../core/settings/settings.ts';
import { approvalKey, policyApproval, policyDigest } from './policy-approval.ts';

/** The settings that stand in the policy. */
const figures: readonly SettingKey[] = [
  'promise_minutes_p0',
  'promise_minutes_p1',
  'promise_minutes_p2',
  'promise_minutes_not_reviewed',
  'hold_seconds',
  'maintenance_notice_hours',
];

export interface Policy {
  settings: Settings;
  /** Of the words and figures in force. */
  digest: string;
  /** Counted up by each approval; what follows an approved one is the next. */
  revision: number;
  /** When the words or a figure were last changed. */
  changedAt: Date;
  /** Null while this very revision is not approved. */
  approvedAt: Date | null;
}

/** The policy in force, with whether management approved it here. Names nobody. Two queries. */
export async function readPolicy(from: { tables: Tables; read: Pick<Reader, 'select'> }): Promise<Policy> {
  const { tables, read } = from;
  const settings = await readSettings(from);
  const rows = await read
    .select({ key: tables.settings.key, value: tables.settings.value, updatedAt: tables.settings.updatedAt })
    .from(tables.settings);
  const stored = policyApproval.safeParse(rows.find(({ key }) => key === approvalKey)?.value);
  const approval = stored.success ? stored.data : null;
  const digest = policyDigest(settings);
  const isApproved = approval?.digest === digest;
  const changes = rows.filter(({ key }) => figures.some((figure) => figure === key));
  const times = [
    Date.parse(`${policyWrittenOn}T00:00:00Z`),
    ...changes.map((row) => row.updatedAt.getTime()),
  ];
  return {
    settings,
    digest,
    revision: isApproved ? approval.revision : (approval?.revision ?? 0) + 1,
    changedAt: new Date(Math.max(...times)),
    approvedAt: isApproved ? new Date(approval.approvedAt) : null,
  };
}

/** Who approved the last approved revision; for the team alone. */
export async function readApprover(context: Context): Promise<string | null> {
  const { settings, users } = context.store.tables;
  const [row] = await context.store.read
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, approvalKey));
  const approval = policyApproval.safeParse(row?.value);
  if (!approval.success || approval.data.approvedBy === null) return null;
  const [user] = await context.store.read
    .select({ name: users.name })
    .from(users)
    .where(eq(users.id, approval.data.approvedBy));
  return user?.name ?? null;
}
