import { and, eq } from 'drizzle-orm';
import { actOn } from '../../core/act.ts';
import { follow } from '../../core/consequences.ts';
import { DomainError, invalid, notFound } from '../../core/errors.ts';
import { refuseStale } from '../../core/lock.ts';
import { readVersions, type TemplateVersion } from './read-versions.ts';
import { expireTemplateInput } from './template-input.ts';

/**
 * Ends an approved text, now or at an instant; from then on it counts as free text. Older approved wordings end with it at the
 * latest, so that none comes back by itself; and no maintenance says it by itself after that. `validUntil: null` takes the end of the newest approved one away again.
 */
export const expireTemplate = actOn({
  permission: 'templates.approve',
  input: expireTemplateInput,
  audits: ['template.expired'],
  async work(
    { tx, context, audit },
    id,
    wanted,
  ): Promise<{ id: string; version: number; validUntil: Date | null }> {
    const until = wanted.validUntil === null ? null : new Date(wanted.validUntil ?? context.now);
    const { texts } = await readVersions(tx, context);
    const found = texts.find((text) => text.id === id);
    if (!found) throw notFound();
    if (until && until < context.now) throw invalid('validUntil', 'in_past');
    const approved = found.versions.filter(({ approvedAt }) => approvedAt !== null);
    const [newest, ...older] = approved;
    if (!newest) throw new DomainError('conflict', 'not_approved');
    refuseStale(wanted.version, newest);
    const lasting = until === null ? [] : older.filter((version) => isBeyond(version, until));
    const { updateTemplateVersions: wording } = tx.tables;
    for (const { version } of [newest, ...lasting]) {
      await tx.db
        .update(wording)
        .set({ validUntil: until })
        .where(and(eq(wording.templateId, id), eq(wording.version, version)));
    }
    await audit({
      action: 'template.expired',
      subjectType: 'template',
      subjectId: id,
      before: { version: newest.version, validUntil: newest.validUntil },
      after: { version: newest.version, validUntil: until },
      restrictedTo: found.category?.isRestricted ? found.category.id : null,
    });
    await follow(tx, context, 'wordingChanged', { occasions: [found.occasion] });
    return { id, version: newest.version, validUntil: until };
  },
});

const isBeyond = ({ validUntil }: TemplateVersion, until: Date): boolean =>
  validUntil === null || validUntil > until;
