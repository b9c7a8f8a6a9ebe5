import { markNoticesSeen } from '../domain/incidents/notices/mark-notices-seen.ts';
import { adminPaths } from '../paths.ts';
import { formOf } from './form-action.ts';

export const notices = { seen: formOf(markNoticesSeen, () => adminPaths.desk) };
