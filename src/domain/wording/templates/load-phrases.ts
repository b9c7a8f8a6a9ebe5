import { z } from 'zod';
import { newId } from '../../../../db/ids.ts';
import { inEachLanguage } from '../../../../db/localised.ts';
import type { Transaction } from '../../../../db/store.ts';
import { componentStatuses, phraseSlots } from '../../../../db/words.ts';
import { type Category, readCategories } from '../../catalogue/categories/read-categories.ts';
import { appendAudit } from '../../core/audit/append.ts';
import type { Context } from '../../core/context.ts';
import { DomainError, type FieldRefusal } from '../../core/errors.ts';
import { eachLanguage, reference } from '../../core/fields.ts';
import { findLeftover } from '../../core/leftover.ts';
import { line, parse, requiredLine } from '../../core/parse.ts';
import { machineOnly } from './machine-only.ts';

const isFinished = (text: string): boolean => findLeftover(text) === null;
const unfinished = { error: 'wrong_value' };

/** A shipped value of a text slot; `category` is a slug, or null for what all categories offer. */
const shippedPhrase = z.strictObject({
  slot: z.enum(phraseSlots),
  category: reference().nullable(),
  key: z.string().regex(/^[a-z0-9_]{1,60}$/),
  text: eachLanguage(requiredLine().refine(isFinished, unfinished)),
  workaround: eachLanguage(line(1_000).refine(isFinished, unfinished)).optional(),
  level: z.enum(componentStatuses).nullable(),
});

export type ShippedPhrase = z.infer<typeof shippedPhrase>;

/** Adds the shipped phrases whose keys are not there yet; never touches one that is. One audit entry per category. */
export async function loadPhrases(
  context: Context,
  input: readonly ShippedPhrase[],
): Promise<{ added: number }> {
  machineOnly(context);
  const wanted = parse(z.array(shippedPhrase), input);
  return context.store.transaction(async (tx) => {
    const categories = await readCategories(tx);
    const bySlug = new Map<string | null, Category | null>(
      categories.map((category) => [category.slug, category]),
    );
    bySlug.set(null, null);
    const fields = wanted.flatMap((phrase, at): FieldRefusal[] =>
      bySlug.has(phrase.category) ? [] : [{ path: `${at}.category`, key: 'unknown_category' }],
    );
    if (fields.length > 0) throw new DomainError('invalid', 'input', { fields });
    const added = await insertMissing(
      tx,
      wanted.map((phrase) => ({ ...phrase, categoryId: bySlug.get(phrase.category)?.id ?? null })),
    );
    for (const category of bySlug.values()) {
      const here = added.filter((phrase) => phrase.categoryId === (category?.id ?? null));
      if (here.length === 0) continue;
      await appendAudit(tx, context, {
        action: 'phrases.added',
        subjectType: category ? 'category' : 'phrases',
        subjectId: category?.id ?? 'phrases',
        after: { keys: here.map(({ slot, key }) => `${slot}.${key}`) },
        restrictedTo: category?.isRestricted ? category.id : null,
      });
    }
    return { added: added.length };
  });
}

type Placed = ShippedPhrase & { categoryId: string | null };

async function insertMissing(tx: Transaction, wanted: readonly Placed[]): Promise<Placed[]> {
  const { phrases } = tx.tables;
  const rows = await tx.db.select().from(phrases);
  const placeOf = (phrase: Pick<Placed, 'categoryId' | 'slot' | 'key'>): string =>
    `${phrase.categoryId} ${phrase.slot} ${phrase.key}`;
  const present = new Set(rows.map(placeOf));
  const last = Math.max(0, ...rows.map((row) => row.position));
  const added: Placed[] = [];
  for (const phrase of wanted) {
    if (present.has(placeOf(phrase))) continue;
    present.add(placeOf(phrase));
    added.push(phrase);
    const { slot, categoryId, key, text, workaround, level } = phrase;
    await tx.db.insert(phrases).values({
      id: newId(),
      slot,
      categoryId,
      key,
      text,
      workaround: workaround ?? inEachLanguage(() => ''),
      level,
      position: last + added.length,
    });
  }
  return added;
}
