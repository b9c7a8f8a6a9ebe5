import { createHash } from 'node:crypto';
import { z } from 'zod';
import { languages } from '../../../../db/words.ts';
import { policySections } from '../../../i18n/policy.ts';
import type { Settings } from '../../core/settings/settings.ts';

/**
 * The row of the `settings` table that keeps which revision was approved, by whom and when. A key of its own, which
 * `changeSettings` does not know.
 */
export const approvalKey = 'policy_approval';

export const policyApproval = z.strictObject({
  digest: z.string(),
  revision: z.number().int().min(1),
  approvedBy: z.string().nullable(),
  approvedAt: z.iso.datetime(),
});
export type PolicyApproval = z.infer<typeof policyApproval>;

/** What tells one policy from another: its words and figures in both languages. */
export const policyDigest = (settings: Settings): string =>
  createHash('sha256')
    .update(JSON.stringify(languages.map((language) => policySections(language, settings))))
    .digest('hex')
    .slice(0, 32);
