import { actOn } from '../../core/act.ts';
import { requireUser } from '../users/find-user.ts';
import { endSessions } from './end-sessions.ts';

/** Signs somebody out everywhere, for example after a lost laptop. Password and tokens stay. */
export const endUserSessions = actOn({
  permission: 'users.change',
  audits: ['user.sessions-ended'],
  async work({ tx, audit }, userId): Promise<{ id: string; ended: number }> {
    const { id } = await requireUser(tx, userId);
    const ended = await endSessions(tx, id);
    if (ended > 0) {
      await audit({
        action: 'user.sessions-ended',
        subjectType: 'user',
        subjectId: id,
        after: { sessions: ended },
      });
    }
    return { id, ended };
  },
});
