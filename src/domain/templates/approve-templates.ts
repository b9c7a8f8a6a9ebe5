import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { authorize } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import { reference } from '../categories/category-input.ts';
import type { Context } from '../context.ts';
import { DomainError, invalid } from '../errors.ts';
import { parse } from '../parse.ts';
import { type NewestTemplate, readNewestTemplates } from './read-newest-templates.ts';

/** The templates to approve; without `ids` all that are not approved. */
export const approveTemplatesInput = z
  .strictObject({ ids: z.array(reference()).max(1_000).optional() })
  .meta({ id: 'ApproveTemplates' });

/** Approves the newest version of templates. Nobody approves what he wrote: named he is refused, among all it is left out. */
export async function approveTemplates(context: Context, input: unknown = {}): Promise<{ approved: number }> {
  authorize(context, 'templates.approve');
  const { ids } = parse(approveTemplatesInput, input);
  return context.store.transaction(async (tx) => {
    const templates = await readNewestTemplates({ tables: tx.tables, read: tx.db }, context);
    const open = chosen(context, templates, ids).filter((template) => template.state === 'not_approved');
    const { updateTemplateVersions: wording } = tx.tables;
    for (const { id, version, category } of open) {
      await tx.db
        .update(wording)
        .set({ approvedBy: context.actor.userId, approvedAt: context.now })
        .where(and(eq(wording.templateId, id), eq(wording.version, version)));
      await appendAudit(tx, context, {
        action: 'template.approved',
        subjectType: 'template',
        subjectId: id,
        after: { version },
        restrictedTo: category?.isRestricted ? category.id : null,
      });
    }
    if (open.length > 0) tx.touch('catalogue');
    return { approved: open.length };
  });
}

function chosen(
  context: Context,
  templates: readonly NewestTemplate[],
  ids: readonly string[] | undefined,
): readonly NewestTemplate[] {
  const { userId } = context.actor;
  const isOwn = (template: NewestTemplate): boolean => userId !== null && template.createdBy === userId;
  if (!ids) return templates.filter((template) => !isOwn(template));
  const known = new Set(templates.map((template) => template.id));
  const stranger = ids.findIndex((id) => !known.has(id));
  if (stranger >= 0) throw invalid(`ids.${stranger}`, 'unknown_template');
  const named = templates.filter((template) => ids.includes(template.id));
  if (named.some((template) => template.state === 'not_approved' && isOwn(template))) {
    throw new DomainError('forbidden', 'forbidden');
  }
  return named;
}
