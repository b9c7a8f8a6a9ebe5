import { and, desc, eq, isNull, or } from 'drizzle-orm';
import type { Tables } from '../../../../db/schema.ts';
import type { Reader } from '../../../../db/store.ts';
import type { Language, Occasion } from '../../../../db/words.ts';

export interface FoundTemplate {
  id: string;
  version: number;
  title: string;
  body: string;
  workaround: string;
  isApproved: boolean;
}

/**
 * The wordings to use for an occasion, in each language that the page offers: the category's cell, else the base; of each the newest approved
 * and unexpired version, else the newest at all, which then counts as free text.
 */
export async function findTemplates(
  from: { tables: Tables; read: Pick<Reader, 'select'> },
  question: { categoryId: string; occasion: Occasion; now: Date; offered: readonly Language[] },
): Promise<Partial<Record<Language, FoundTemplate>>> {
  const { updateTemplates: cell, updateTemplateVersions: wording } = from.tables;
  const rows = await from.read
    .select({
      id: cell.id,
      categoryId: cell.categoryId,
      language: cell.language,
      version: wording.version,
      title: wording.title,
      body: wording.body,
      workaround: wording.workaround,
      approvedAt: wording.approvedAt,
      validUntil: wording.validUntil,
    })
    .from(wording)
    .innerJoin(cell, eq(wording.templateId, cell.id))
    .where(
      and(
        eq(cell.occasion, question.occasion),
        or(eq(cell.categoryId, question.categoryId), isNull(cell.categoryId)),
      ),
    )
    .orderBy(desc(wording.version));

  const found: Partial<Record<Language, FoundTemplate>> = {};
  for (const language of question.offered) {
    const all = rows.filter((row) => row.language === language);
    const own = all.filter((row) => row.categoryId !== null);
    const isApproved = (row: (typeof all)[number]) =>
      row.approvedAt !== null && (row.validUntil === null || row.validUntil > question.now);
    // Approved text first, even that of the base: what waits for approval must not displace it at night.
    const best = own.find(isApproved) ?? all.find(isApproved) ?? own[0] ?? all[0];
    if (best) {
      const { id, version, title, body, workaround } = best;
      found[language] = { id, version, title, body, workaround, isApproved: isApproved(best) };
    }
  }
  return found;
}
