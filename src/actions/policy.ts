import { approvePolicy } from '../domain/wording/policy/approve-policy.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { formOf } from './form-action.ts';

export const policy = { approve: formOf(approvePolicy, () => withDone(adminPaths.policy, 'approved')) };
