import { newId } from '../../../db/ids.ts';
import type { Transaction } from '../../../db/store.ts';
import type { Context } from '../core/context.ts';
import { rendererVersion } from '../rendering/renderer-version.ts';
import type { Composition } from './compose-update.ts';

/** Stores a composed update with its texts, rendered once, and its complete set of components. Returns its id. */
export async function insertUpdate(
  tx: Transaction,
  context: Context,
  incidentId: string,
  composition: Composition & { phase: NonNullable<Composition['phase']> },
  when: { displayAt: Date; publishedAt: Date; isPlanned?: boolean },
): Promise<string> {
  const { incidentUpdates, incidentUpdateTexts, incidentUpdateComponents } = tx.tables;
  const updateId = newId();
  await tx.db.insert(incidentUpdates).values({
    id: updateId,
    incidentId,
    phase: composition.phase,
    occasion: composition.occasion,
    ...when,
    nextUpdateBy: composition.nextUpdateBy,
    promiseMinutes: composition.promiseMinutes,
    fixedAt: composition.fixedAt,
    templateId: composition.template?.id ?? null,
    templateVersion: composition.template?.version ?? null,
    isFreeText: composition.isFreeText,
    createdBy: context.actor.userId,
    createdAt: context.now,
  });
  const texts = (['en', 'de'] as const).flatMap((language) => {
    const text = composition.texts[language];
    return text ? [{ language, ...text }] : [];
  });
  const html = await context.renderTexts(
    texts.map(({ language, body }) => ({
      source: body,
      format: 'markdown' as const,
      path: `texts.${language}.body`,
    })),
  );
  for (const [at, text] of texts.entries()) {
    await tx.db.insert(incidentUpdateTexts).values({
      updateId,
      ...text,
      revision: 1,
      bodyHtml: html[at] ?? '',
      htmlVersion: rendererVersion,
      format: 'markdown',
      note: '',
      createdBy: context.actor.userId,
      createdAt: context.now,
    });
  }
  for (const { id, ...state } of composition.components) {
    await tx.db.insert(incidentUpdateComponents).values({ updateId, componentId: id, ...state });
  }
  return updateId;
}
