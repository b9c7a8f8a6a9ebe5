import { markNoticesSeen } from '../domain/notices/mark-notices-seen.ts';
import { adminPaths } from '../paths.ts';
import { formAction } from './form-action.ts';

const seen = formAction(async ({ context, input }) => {
  await markNoticesSeen(context, input);
  return adminPaths.desk;
});

export const notices = { seen };
