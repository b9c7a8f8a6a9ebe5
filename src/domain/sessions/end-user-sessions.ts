import { appendAudit } from '../audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { requireUser } from '../users/find-user.ts';
import { endSessions } from './end-sessions.ts';

/** Signs somebody out everywhere, for example after a lost laptop. Password and tokens stay. */
export async function endUserSessions(
  context: Context,
  userId: string,
): Promise<{ id: string; ended: number }> {
  authorize(context, 'users.change');
  return context.store.transaction(async (tx) => {
    const { id } = await requireUser(tx, userId);
    const ended = await endSessions(tx, id);
    if (ended > 0) {
      await appendAudit(tx, context, {
        action: 'user.sessions-ended',
        subjectType: 'user',
        subjectId: id,
        after: { sessions: ended },
      });
    }
    return { id, ended };
  });
}
