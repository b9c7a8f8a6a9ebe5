import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { canonicalJson } from '../core/canonical-json.ts';
import type { Context } from '../core/context.ts';
import { DomainError } from '../core/errors.ts';

export interface Answer {
  status: number;
  body: unknown;
}

/**
 * Does `work` once per credential and key: a repeat gets the first answer, another request under the same key is
 * refused (design §8.10). Key, change and audit entry share one transaction. Without a key it just does the work.
 */
export function once(
  context: Context,
  key: string | null,
  request: unknown,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (!key) return work();
  const actorId = context.actor.credentialId ?? context.actor.userId ?? context.actor.kind;
  const requestHash = createHash('sha256').update(canonicalJson(request)).digest('hex');
  return context.store.transaction(async (tx) => {
    const { idempotencyKeys } = tx.tables;
    const [known] = await tx.db
      .select()
      .from(idempotencyKeys)
      .where(and(eq(idempotencyKeys.actorId, actorId), eq(idempotencyKeys.key, key)));
    if (known && known.requestHash !== requestHash)
      throw new DomainError('conflict', 'conflict_idempotency', {
        fields: [{ path: 'Idempotency-Key', key: 'conflict_idempotency' }],
      });
    if (known) return { status: known.status, body: known.response };
    const answer = await work();
    const row = {
      actorId,
      key,
      requestHash,
      status: answer.status,
      response: answer.body,
      createdAt: context.now,
    };
    await tx.db.insert(idempotencyKeys).values(row);
    return answer;
  });
}
