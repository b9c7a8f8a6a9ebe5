import { and, asc, eq, isNull, or } from 'drizzle-orm';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import type { ComponentStatus, Language, PhraseSlot } from '../../../../db/words.ts';

export interface Phrase {
  slot: PhraseSlot;
  key: string;
  categoryId: string | null;
  text: Record<Language, string>;
  workaround: Record<Language, string>;
  level: ComponentStatus | null;
}

/** The phrases offered for a category: its own first, then those for all. */
export async function readPhrases(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  categoryId: string,
): Promise<Phrase[]> {
  const { phrases } = from.tables;
  const rows = await from.read
    .select()
    .from(phrases)
    .where(
      and(isNull(phrases.archivedAt), or(eq(phrases.categoryId, categoryId), isNull(phrases.categoryId))),
    )
    .orderBy(asc(phrases.position), asc(phrases.id));
  return rows
    .map((row) => ({
      slot: row.slot,
      key: row.key,
      categoryId: row.categoryId,
      text: row.text,
      workaround: row.workaround,
      level: row.level,
    }))
    .sort((a, b) => Number(a.categoryId === null) - Number(b.categoryId === null));
}
