import { z } from 'zod';
import { act } from '../../core/act.ts';
import { DomainError } from '../../core/errors.ts';
import { approvalKey, type PolicyApproval } from './policy-approval.ts';
import { readPolicy } from './read-policy.ts';

const approvePolicyInput = z
  .strictObject({
    /** Of the revision that was read; another one in force is a conflict. */
    digest: z.string().max(64),
  })
  .meta({ id: 'ApprovePolicy' });

/** Approves the policy in force, by a manager. Returns its revision. Approving it again changes nothing. */
export const approvePolicy = act({
  permission: 'templates.approve',
  input: approvePolicyInput,
  audits: ['policy.approved'],
  async work({ tx, context, audit }, { digest }): Promise<{ revision: number }> {
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
    await audit({
      action: 'policy.approved',
      subjectType: 'policy',
      subjectId: 'policy',
      after: { revision, digest },
    });
    tx.touch('policy');
    return { revision };
  },
});
