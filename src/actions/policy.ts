import { approvePolicy } from '../domain/policy/approve-policy.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { act } from './form-action.ts';

export const policy = { approve: act(approvePolicy, () => withDone(adminPaths.policy, 'approved')) };
