import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { oneOf } from '../../../../db/one-of.ts';
import { act } from '../../core/act.ts';
import { line } from '../../core/parse.ts';

const markNoticesSeenInput = z
  .strictObject({
    /** Which ones; all of the own without it. */
    ids: z.array(line(50)).max(500).optional(),
  })
  .meta({ id: 'MarkNoticesSeen' });

/**
 * Notes the own notices; somebody else's stay as they are. Returns how many were new. The row itself keeps when; the
 * audit would only tell who read of what.
 */
export const markNoticesSeen = act({
  permission: 'notices.read-own',
  input: markNoticesSeenInput,
  audits: [],
  async work({ tx, context }, { ids }): Promise<{ seen: number }> {
    const { userId } = context.actor;
    if (userId === null || ids?.length === 0) return { seen: 0 };
    const { notices } = tx.tables;
    const marked = await tx.db
      .update(notices)
      .set({ seenAt: context.now })
      .where(
        and(eq(notices.userId, userId), isNull(notices.seenAt), ids ? oneOf(notices.id, ids) : undefined),
      )
      .returning({ id: notices.id });
    return { seen: marked.length };
  },
});
