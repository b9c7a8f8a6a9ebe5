import { and, eq } from 'drizzle-orm';
import { act } from '../../core/act.ts';
import { follow } from '../../core/consequences.ts';
import type { Context } from '../../core/context.ts';
import { DomainError, invalid } from '../../core/errors.ts';
import { type NewestTemplate, readNewestTemplates } from './read-newest-templates.ts';
import { approveTemplatesInput } from './template-input.ts';

/**
 * Approves the newest version of templates, or exactly the versions named. Nobody approves what he wrote: named
 * he is refused, among all it is left out. A named version that is not the newest is a conflict.
 */
export const approveTemplates = act({
  permission: 'templates.approve',
  input: approveTemplatesInput,
  audits: ['template.approved'],
  async work({ tx, context, audit }, { ids, versions }): Promise<{ approved: number }> {
    const templates = await readNewestTemplates(tx, context);
    const wanted = ids || versions ? [...(ids ?? []), ...(versions ?? []).map(({ id }) => id)] : undefined;
    refuseUnknown(templates, 'ids', ids ?? []);
    refuseUnknown(
      templates,
      'versions',
      (versions ?? []).map(({ id }) => id),
    );
    refuseOlder(templates, versions ?? []);
    const open = chosen(context, templates, wanted).filter(isWaiting);
    const { updateTemplateVersions: wording } = tx.tables;
    for (const { id, version, category } of open) {
      await tx.db
        .update(wording)
        .set({ approvedBy: context.actor.userId, approvedAt: context.now })
        .where(and(eq(wording.templateId, id), eq(wording.version, version)));
      await audit({
        action: 'template.approved',
        subjectType: 'template',
        subjectId: id,
        after: { version },
        restrictedTo: category?.isRestricted ? category.id : null,
      });
    }
    await follow(tx, context, 'wordingChanged', { occasions: open.map(({ occasion }) => occasion) });
    return { approved: open.length };
  },
});

/** Whether the newest version of a template waits for approval. */
export const isWaiting = ({ approvedAt }: { approvedAt: Date | null }): boolean => approvedAt === null;

function refuseUnknown(templates: readonly NewestTemplate[], path: string, ids: readonly string[]): void {
  const known = new Set(templates.map((template) => template.id));
  const stranger = ids.findIndex((id) => !known.has(id));
  if (stranger < 0) return;
  throw invalid(path === 'ids' ? `ids.${stranger}` : `${path}.${stranger}.id`, 'unknown_template');
}

/** What somebody read is what he approves: a newer text that came meanwhile is not approved unread. */
function refuseOlder(
  templates: readonly NewestTemplate[],
  versions: readonly { id: string; version: number }[],
): void {
  for (const { id, version } of versions) {
    const newest = templates.find((template) => template.id === id);
    if (!newest || newest.version === version) continue;
    const { title, body, workaround } = newest;
    throw new DomainError('conflict', 'not_newest', {
      details: { id, version: newest.version, theirs: { title, body, workaround } },
    });
  }
}

function chosen(
  context: Context,
  templates: readonly NewestTemplate[],
  ids: readonly string[] | undefined,
): readonly NewestTemplate[] {
  const { userId } = context.actor;
  const isOwn = (template: NewestTemplate): boolean => userId !== null && template.createdBy === userId;
  if (!ids) return templates.filter((template) => !isOwn(template));
  const named = templates.filter((template) => ids.includes(template.id));
  if (named.some((template) => isWaiting(template) && isOwn(template))) {
    throw new DomainError('forbidden', 'own_text');
  }
  return named;
}
