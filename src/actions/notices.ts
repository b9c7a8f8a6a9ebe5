import { markNoticesSeen } from '../domain/notices/mark-notices-seen.ts';
import { adminPaths } from '../paths.ts';
import { act } from './form-action.ts';

export const notices = { seen: act(markNoticesSeen, () => adminPaths.desk) };
