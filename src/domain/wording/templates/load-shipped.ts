import { isNull } from 'drizzle-orm';
import { z } from 'zod';
import { newId } from '../../../../db/ids.ts';
import { languages, occasions } from '../../../../db/words.ts';
import { appendAudit } from '../../core/audit/append.ts';
import type { Context } from '../../core/context.ts';
import { DomainError, type FieldRefusal } from '../../core/errors.ts';
import { line, parse, prose } from '../../core/parse.ts';
import { machineOnly } from './machine-only.ts';
import { templateRefusals } from './template-refusals.ts';

const shippedTemplate = z.strictObject({
  occasion: z.enum(occasions),
  language: z.enum(languages),
  title: line(),
  body: prose().refine((value) => value.trim() !== '', { error: 'required' }),
  workaround: line(1_000),
});

export type ShippedTemplate = z.infer<typeof shippedTemplate>;

/** Adds the shipped base templates that are not there yet, "not approved here". Never touches one that is. */
export async function loadShippedTemplates(
  context: Context,
  input: readonly ShippedTemplate[],
): Promise<{ added: number }> {
  machineOnly(context);
  const templates = parse(z.array(shippedTemplate), input);
  const fields = templates.flatMap(slotRefusals);
  if (fields.length > 0) throw new DomainError('invalid', 'input', { fields });
  return context.store.transaction(async (tx) => {
    const { updateTemplates, updateTemplateVersions } = tx.tables;
    const cellOf = (cell: { occasion: string; language: string }): string =>
      `${cell.occasion} ${cell.language}`;
    const present = new Set(
      (await tx.db.select().from(updateTemplates).where(isNull(updateTemplates.categoryId))).map(cellOf),
    );
    let added = 0;
    for (const { occasion, language, ...text } of templates) {
      if (present.has(cellOf({ occasion, language }))) continue;
      present.add(cellOf({ occasion, language }));
      const id = newId();
      await tx.db.insert(updateTemplates).values({ id, occasion, language, createdAt: context.now });
      // Both languages of a shipped text are made together, so each starts from version 1 of the other.
      const version = { version: 1, sourceVersion: 1, origin: 'shipped' as const };
      await tx.db
        .insert(updateTemplateVersions)
        .values({ templateId: id, ...version, ...text, createdAt: context.now });
      await appendAudit(tx, context, {
        action: 'template.added',
        subjectType: 'template',
        subjectId: id,
        after: { occasion, language, ...version, ...text },
      });
      added += 1;
    }
    return { added };
  });
}

/** Slots that nobody would ever fill, and placeholders of other kinds. */
const slotRefusals = (template: ShippedTemplate, at: number): FieldRefusal[] =>
  templateRefusals(template.occasion, template).map(({ field, ...refusal }) => ({
    path: `${at}.${field}`,
    ...refusal,
  }));
