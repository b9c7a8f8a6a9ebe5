import { approvePolicy } from '../domain/policy/approve-policy.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { formAction } from './form-action.ts';

const approve = formAction(async ({ context, input }) => {
  await approvePolicy(context, input);
  return withDone(adminPaths.policy, 'approved');
});

export const policy = { approve };
