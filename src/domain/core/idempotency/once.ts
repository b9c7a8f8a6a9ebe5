import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Store } from '../../../../db/store.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Context } from '../context.ts';
import { DomainError } from '../errors.ts';

export interface Answer {
  status: number;
  body: unknown;
}

/**
 * Does what `prepare` gives once per credential and key: a repeat gets the first answer, another request under the same key is
 * refused. Key, change and audit entry share one transaction, which begins when all is prepared. Without a
 * key it just does it.
 */
export async function once(
  context: Context,
  key: string | null,
  request: unknown,
  prepare: () => Promise<() => Promise<Answer>>,
): Promise<Answer> {
  if (!key) return (await prepare())();
  const asked: Asked = {
    actorId: context.actor.credentialId ?? context.actor.userId ?? context.actor.kind,
    key,
    requestHash: createHash('sha256').update(canonicalJson(request)).digest('hex'),
  };
  // Asked twice: a repeat is not prepared again (its password is the old one by now), and two at once are done once.
  const first = await firstAnswer(context.store, asked);
  if (first) return first;
  const work = await prepare();
  return context.store.transaction(async (tx) => {
    const meanwhile = await firstAnswer(tx, asked);
    if (meanwhile) return meanwhile;
    const answer = await work();
    const row = { ...asked, status: answer.status, response: answer.body, createdAt: context.now };
    await tx.db.insert(tx.tables.idempotencyKeys).values(row);
    return answer;
  });
}

interface Asked {
  actorId: string;
  key: string;
  requestHash: string;
}

async function firstAnswer(
  { read, tables: { idempotencyKeys } }: Pick<Store, 'read' | 'tables'>,
  { actorId, key, requestHash }: Asked,
): Promise<Answer | null> {
  const [known] = await read
    .select()
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.actorId, actorId), eq(idempotencyKeys.key, key)));
  if (!known) return null;
  if (known.requestHash !== requestHash)
    throw new DomainError('conflict', 'conflict_idempotency', {
      fields: [{ path: 'Idempotency-Key', key: 'conflict_idempotency' }],
    });
  return { status: known.status, body: known.response };
}
