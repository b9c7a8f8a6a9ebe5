import { z } from 'zod';
import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { DomainError } from '../core/errors.ts';
import { parse } from '../core/parse.ts';
import { approvalKey, type PolicyApproval } from './policy-approval.ts';
import { readPolicy } from './read-policy.ts';

export const approvePolicyInput = z
  .strictObject({
    /** Of the revision that was read; another one in force is a conflict. */
    digest: z.string().max(64),
  })
  .meta({ id: 'ApprovePolicy' });

/** Approves the policy in force, by a manager. Returns its revision. Approving it again changes nothing. */
export async function approvePolicy(context: Context, input: unknown): Promise<{ revision: number }> {
  authorize(context, 'templates.approve');
  const { digest } = parse(approvePolicyInput, input);
  return context.store.transaction(async (tx) => {
    const { settings } = tx.tables;
    const policy = await readPolicy(tx);
    if (policy.digest !== digest) throw new DomainError('conflict', 'policy_changed');
    const { revision } = policy;
    if (policy.approvedAt) return { revision };
    const value: PolicyApproval = {
      digest,
      revision,
      approvedBy: context.actor.userId,
      approvedAt: context.now.toISOString(),
    };
    const row = { key: approvalKey, value, updatedAt: context.now };
    await tx.db.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row });
    await appendAudit(tx, context, {
      action: 'policy.approved',
      subjectType: 'policy',
      subjectId: 'policy',
      after: { revision, digest },
    });
    tx.touch('policy');
    return { revision };
  });
}
