import { newId } from '../../../../db/ids.ts';
import { slices } from '../../../../db/slices.ts';
import type { Transaction } from '../../../../db/store.ts';
import { languages } from '../../../../db/words.ts';
import type { Context } from '../../core/context.ts';
import { rendererVersion } from '../../core/renderer-version.ts';
import type { Composition } from './compose-update.ts';
import type { HeldChange } from './held-change.ts';
import type { When } from './times.ts';

/** What is typed here; only imported texts may be HTML. */
const format = 'markdown' as const;

/** Stores a composed update with its texts, rendered once, and its complete set of components. Returns its id. */
export async function insertUpdate(
  tx: Transaction,
  context: Context,
  incidentId: string,
  composition: Composition & { phase: NonNullable<Composition['phase']> },
  when: When & { isPlanned?: boolean; waiting?: HeldChange | null },
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
  const texts = languages.flatMap((language) => {
    const text = composition.texts[language];
    return text ? [{ language, ...text }] : [];
  });
  const html = await context.renderTexts(
    texts.map(({ language, body }) => ({
      source: body,
      format,
      path: `texts.${language}.body`,
    })),
  );
  const by = { createdBy: context.actor.userId, createdAt: context.now };
  const written = { updateId, revision: 1, htmlVersion: rendererVersion, format, note: '', ...by };
  if (texts.length > 0)
    await tx.db
      .insert(incidentUpdateTexts)
      .values(texts.map((text, at) => ({ ...written, ...text, bodyHtml: html[at] ?? '' })));
  const stated = composition.components.map(({ id, ...state }) => ({ updateId, componentId: id, ...state }));
  for (const part of slices(stated)) await tx.db.insert(incidentUpdateComponents).values(part);
  return updateId;
}
