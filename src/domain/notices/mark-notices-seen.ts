import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { oneOf } from '../../../db/one-of.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { line, parse } from '../core/parse.ts';

export const markNoticesSeenInput = z
  .strictObject({
    /** Which ones; all of the own without it. */
    ids: z.array(line(50)).max(500).optional(),
  })
  .meta({ id: 'MarkNoticesSeen' });

/**
 * Notes the own notices; somebody else's stay as they are. Returns how many were new. The row itself keeps when; the
 * audit would only tell who read of what.
 */
export async function markNoticesSeen(context: Context, input: unknown = {}): Promise<{ seen: number }> {
  authorize(context, 'notices.read-own');
  const { ids } = parse(markNoticesSeenInput, input);
  const { userId } = context.actor;
  if (userId === null || ids?.length === 0) return { seen: 0 };
  return context.store.transaction(async (tx) => {
    const { notices } = tx.tables;
    const marked = await tx.db
      .update(notices)
      .set({ seenAt: context.now })
      .where(
        and(eq(notices.userId, userId), isNull(notices.seenAt), ids ? oneOf(notices.id, ids) : undefined),
      )
      .returning({ id: notices.id });
    return { seen: marked.length };
  });
}
